"""Opportunities: board, list, page, dossier, and how the team lead keeps pipelines."""
