"""The desk of whoever watches over consents: what is covered, what was right, what is wrong."""
