"""Reasons why a row is refused, in the words of whoever has to mend it."""

from django.utils.translation import gettext as _

from contacts.importing.readers.table import Problem
from contacts.matching.normalise import Unreadable


class Refused(Exception):
    """A cell cannot be taken; carries its :class:`Problem`."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


def unreadable(error: Unreadable, column: str) -> Problem:
    """The problem behind a refusal of the normaliser."""
    template = _(error.template)
    message = template % error.data if error.data else template
    proposal = ""
    if error.proposal and error.proposal not in message:
        proposal = _("Meinen Sie „%(text)s“?") % {"text": error.proposal}
    return Problem(error.code, message, column, proposal)


def too_long(length: int, limit: int, column: str) -> Problem:
    """A cell that does not fit; nothing is ever cut."""
    return Problem(
        "too-long",
        _("Die Zelle hat %(length)d Zeichen, Platz ist für %(limit)d.")
        % {"length": length, "limit": limit},
        column,
        _("Kürzen Sie den Text."),
    )


def damaged(column: str) -> Problem:
    """A cell with characters that the chosen encoding cannot explain."""
    return Problem(
        "damaged-text",
        _("Die Zelle enthält unlesbare Zeichen."),
        column,
        _("Prüfen Sie die Kodierung der Datei oder tragen Sie den Text neu ein."),
    )


def nul_character(column: str) -> Problem:
    """A cell with binary zeros."""
    return Problem(
        "nul-character",
        _("Die Zelle enthält ein Nullzeichen (NUL)."),
        column,
        _("Entfernen Sie es oder exportieren Sie die Datei neu."),
    )
