"""Log-in, log-out, forgotten password."""
