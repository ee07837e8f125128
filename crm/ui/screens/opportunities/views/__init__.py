"""The views of opportunities, one module for each thing one does."""
