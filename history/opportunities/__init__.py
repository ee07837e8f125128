"""Opportunities (Verkaufschancen): kept, moved along their pipeline, decided, and read."""
