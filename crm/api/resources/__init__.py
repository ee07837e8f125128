"""One module per resource: its representation, what it accepts, its views."""
