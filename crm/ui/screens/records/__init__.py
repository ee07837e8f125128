"""The page of one person or one company: seeing, adding, editing in place."""
