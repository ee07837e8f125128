"""The views of the wizard, one module per step."""
