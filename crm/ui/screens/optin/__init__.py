"""Consents: the pages that visitors reach without a log-in, and the forms of colleagues."""
