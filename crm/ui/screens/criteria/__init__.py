"""Administration of criteria: what is asked about contacts, how often it is answered."""
