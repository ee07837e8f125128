"""What people are told about their data under Art. 13, 14 and 21(4) GDPR.

``rules`` is plain Python: which items a notice has, whether it is complete, what is due to whom,
how long it takes to say. The modules beside it read the configuration, keep versions and write
down who was told what, when and how.
"""
