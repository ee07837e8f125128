"""Making records one, and taking that back without loss.

The interface; records are persons or companies as :mod:`contacts.access` gives them:

``preview(*, actor, records, survivor=None, choices=None) -> Preview``
    What a merge would do: fields side by side (:class:`contacts.merging.fields.Field`, the survivor
    first), lists (:class:`contacts.merging.lists.List`), rows that move, decisions against it.
``merge(*, actor, survivor, others, choices=None, reason="", despite_decision=False,
versions=None, at) -> Merge``
    Do it. ``choices`` map a field's name to the public id of the record whose value is taken;
    ``versions`` come from the preview.
``undo_preview(*, actor, merge) -> UndoPreview``
    What an undo would do: fields set back or kept as edited, rows that go back, rows added since.
``undo(*, actor, merge, keep_with_survivor=(), at) -> Merge``
    Do it. ``keep_with_survivor`` holds :attr:`Added.ref` of rows that are not to go back.
``redo(*, actor, merge, at) -> Merge``
    Undo the undo: a new merge with the same choices.
``merges_of(user)``, ``merge_for(*, user, public_id)``, ``of_record(*, user, record)``,
``of_day(merges, day)``, ``named(merges, public_id)``
    Merges whose records the user may all see.
``records_for(*, user, kind, public_ids)``
    The records that a form or request names, for ``preview`` and ``merge``.
``automatic.setting_of(kind)``, ``automatic.set_up(...)``, ``automatic.days(merges)``,
``automatic.undo_day(*, actor, day, at)``
    Merging without asking, by day.

Refusals are in :mod:`contacts.merging.refusals`. An old public id leads to the survivor through
``contacts.access``: ``person_for`` and ``company_for`` return the survivor, whose ``public_id``
differs from the one asked for.
"""

from contacts.merging import automatic
from contacts.merging.checks import records_for
from contacts.merging.merges import merge
from contacts.merging.previewing import Preview, preview
from contacts.merging.reading import merge_for, merges_of, named, of_day, of_record, survivor_of
from contacts.merging.undoing import Added, UndoPreview, redo, undo, undo_preview

__all__ = [
    "Added",
    "Preview",
    "UndoPreview",
    "automatic",
    "merge",
    "merge_for",
    "merges_of",
    "named",
    "of_day",
    "of_record",
    "preview",
    "records_for",
    "redo",
    "survivor_of",
    "undo",
    "undo_preview",
]
