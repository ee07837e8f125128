"""The four files as their programs write them."""
