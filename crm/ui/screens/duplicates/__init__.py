"""Duplicates: what is suspected and why, decisions, runs of the batch, the model behind it."""
