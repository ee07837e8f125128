"""Retention: the periods of the house, and what runs erased."""
