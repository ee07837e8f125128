"""The user's own account: name, language, look, keys, password, API keys."""
