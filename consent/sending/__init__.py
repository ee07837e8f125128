"""The only way out to contacts: every message passes here, with a permit of the gate.

``mail.send`` and ``sms.send`` take the :class:`~consent.models.ContactDecision` that allows
exactly this contact, send, and write the event that it was used. A test walks the whole code and
fails when anything else reaches out.
"""
