"""Cards of slips, read after they arrived; what is found is kept beside the file."""

from datetime import datetime
from typing import Any

from django.utils.translation import override

from crm.kernel import audit, errors
from history.fairs import cards
from history.models import LeadFile, LeadFileKind


def recognise(*, file: LeadFile, at: datetime) -> dict[str, Any]:
    """Read the card on a file that is whole and keep in ``file.recognised`` what is proposed:
    ``{"fields", "text", "problems", "read_at"}``. No field of the slip is changed.

    A picture that cannot be read is told in ``problems``; reading again replaces what was kept.
    Returns what is kept, ``{}`` for a file that is no card, not whole or deleted.
    """
    stored = file.stored
    if file.kind != LeadFileKind.CARD or stored is None or stored.erased_at is not None:
        return {}
    kept = {**_read(stored), "read_at": audit.jsonable(at)}
    LeadFile.objects.filter(pk=file.pk).update(recognised=kept)
    file.recognised = kept
    return kept


def _read(stored: Any) -> dict[str, Any]:
    """The problems stand there in German: nobody has asked who speaks another language."""
    with override("de"):
        try:
            with stored.file.open("rb") as content:
                return cards.read(content.read()).stored()
        except FileNotFoundError:
            return _nothing(str(errors.NotFound.default_message))
        except errors.DomainError as error:
            return _nothing(error.message)


def _nothing(problem: str) -> dict[str, Any]:
    return {"fields": [], "text": "", "problems": [problem]}
