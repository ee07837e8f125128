"""Views of duplicates."""
