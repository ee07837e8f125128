"""The bridge between matching and the ORM: the one part of matching that knows the database."""
