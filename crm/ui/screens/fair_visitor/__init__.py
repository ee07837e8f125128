"""What a visitor of a fair opens on their own phone, and what hangs on the wall of the stand."""
