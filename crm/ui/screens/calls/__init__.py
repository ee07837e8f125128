"""Calls: who is calling, dialling through the gate, telephone systems and extensions."""
