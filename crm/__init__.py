"""Einklang: wiring, platform, kernel, accounts, screens and API."""
