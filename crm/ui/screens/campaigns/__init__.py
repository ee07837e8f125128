"""Campaigns: who may be contacted, why others may not, and the file with those who may."""
