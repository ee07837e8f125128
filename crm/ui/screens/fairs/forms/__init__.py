"""Forms of trade fairs."""
