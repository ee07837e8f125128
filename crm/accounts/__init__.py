"""Users, roles and teams; who may do what and see which records."""
