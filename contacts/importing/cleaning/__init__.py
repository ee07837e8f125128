"""From a row of text to :class:`~contacts.importing.prepared.PreparedRow`; the door is
:func:`contacts.importing.cleaning.rows.prepare`."""
