"""Requests of persons about their data (Art. 7(3) and 15 to 21 GDPR)."""
