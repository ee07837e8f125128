"""How search works inside: keys kept beside the records, tiers of look-ups, ranking.

The door is :mod:`contacts.search`; docs/algorithms/suche.md tells the whole.
"""
