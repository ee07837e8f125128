"""Every component in every state, rendered from the real components; also a test fixture."""
