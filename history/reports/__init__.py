"""Reports for those who lead a team: numbers of deals, follow-ups, contacts and data."""
