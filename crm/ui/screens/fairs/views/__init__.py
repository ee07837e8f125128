"""Pages of trade fairs and leads."""
