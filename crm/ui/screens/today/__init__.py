"""The day: what wants attention."""
