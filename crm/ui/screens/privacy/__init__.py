"""The desk of whoever watches over consents: one question, two answers, findings, reports."""
