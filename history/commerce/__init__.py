"""Orders, invoices and ratings of the ERP: taken over by file, command or program, and read."""
