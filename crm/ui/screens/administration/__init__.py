"""Administration of users, roles and teams."""
