"""Administration of what contacts are about."""
