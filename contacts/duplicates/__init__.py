"""Duplicates: the batch that looks for them, what it found, and what people decided."""
