"""Requests of persons about their data: both periods, identity, plan, letters."""
