"""What makes the consent ledger tamper-evident: plain Python, nothing of Django."""
