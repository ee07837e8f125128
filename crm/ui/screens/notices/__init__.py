"""Notices under Art. 13 and 14 GDPR: pages that everybody may read, and their administration."""
