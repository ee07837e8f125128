"""Activities: the list, planning and changing, what becomes of them, the pot, the team."""
