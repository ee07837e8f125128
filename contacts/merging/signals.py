"""Told inside the transaction of a merge or its undo: packages above note it in their own records.

Receivers get ``merge`` (:class:`contacts.models.Merge`), ``survivor`` and ``others`` (records of
one kind), ``actor`` and ``at``. An exception undoes the merge.
"""

from django.dispatch import Signal

merged = Signal()
undone = Signal()
