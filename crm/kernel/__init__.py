"""The leaf everybody may import: errors, answers, audit, clock, ids, personal data."""
