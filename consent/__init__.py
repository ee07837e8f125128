"""May we, and can we prove it: the place of the consent ledger."""
