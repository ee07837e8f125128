"""The quality of the stock."""
