"""Errors that a user may read: a code for programs, a German sentence for people, data for both."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Base of every refusal of a domain function.

    ``code`` is stable and kebab-case; ``message`` says what is wrong, where, and what to do;
    ``field`` names the input it belongs to (empty: the whole request); ``data`` holds JSON values.
    """

    code: ClassVar[str] = "refused"
    default_message: ClassVar[str | Promise] = _("Das ist so nicht möglich.")

    def __init__(self, message: str = "", *, field: str = "", **data: object) -> None:
        self.message = str(message or self.default_message)
        self.field = field
        self.data = data
        super().__init__(self.message)


class NotPermitted(DomainError):
    """The user may not do this, whatever the data."""

    code = "not-permitted"
    default_message = _("Dafür fehlt Ihnen die Berechtigung. Fragen Sie Ihre Administration.")


class NotFound(DomainError):
    """The object does not exist or the user may not see it; both look alike on purpose."""

    code = "not-found"
    default_message = _("Diesen Eintrag gibt es nicht, oder Sie dürfen ihn nicht sehen.")


class Invalid(DomainError):
    """One or more inputs are wrong; ``errors`` maps a field to its sentences."""

    code = "invalid"
    default_message = _("Bitte prüfen Sie die markierten Angaben.")

    def __init__(
        self, errors: dict[str, list[str]], message: str = "", *, field: str = "", **data: object
    ) -> None:
        self.errors = errors
        first = next((texts[0] for texts in errors.values() if texts), "")
        super().__init__(message or first, field=field or next(iter(errors), ""), **data)


class Conflict(DomainError):
    """Somebody else changed the object in the meantime, or it is busy."""

    code = "conflict"
    default_message = _("Der Eintrag wurde inzwischen geändert. Bitte laden Sie ihn neu.")
