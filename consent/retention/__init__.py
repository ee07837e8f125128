"""How long what is kept, and what happens when that is over."""
