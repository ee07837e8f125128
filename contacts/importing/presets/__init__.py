"""Which column of which program means what."""
