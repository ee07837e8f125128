"""The rules of notices as plain Python: the same facts always give the same answer."""

VERSION = "2026-11"
VALID_FROM = "2018-05-25"
"""Of the rules: Art. 13(4) as it stands; the Digital Omnibus is not in force."""
