"""Lists of persons and companies."""
