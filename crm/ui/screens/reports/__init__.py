"""Reports for those who lead a team."""
