"""The leads of an event as a file, with an audit row of who took what."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from consent import channels
from contacts import tables
from contacts.tables import Cell, Format
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit
from history.fairs import access, listing, proposing
from history.fairs.narrowing import Narrowing
from history.models import Event, OptInAnswer

CHUNK = 1000


@transaction.atomic
def export(
    *,
    actor: User,
    event: Event,
    narrowing: Narrowing,
    format: Format,
    to: IO[bytes],
    at: datetime,
) -> int:
    """Write what is meant to ``to``; returns how many rows.

    :raises errors.NotPermitted: without the permission to export
    :raises errors.NotFound: the actor is not on the team of the event
    """
    policy.require(actor, policy.Permission.CONTACTS_EXPORT)
    event = access.event_for(user=actor, public_id=event.public_id)
    table = tables.open_table(format=format, to=to, header=_header())
    count = 0
    for row in _rows(event, narrowing, at):
        table.write(row)
        count += 1
    table.close()
    context = {"rows": count, "format": format.value, "query": narrowing.encode()}
    audit.record(actor=actor, action="leads.exported", at=at, target=event, context=context)
    return count


def file_name(*, event: Event, format: Format, at: datetime) -> str:
    """``leads-raumlicht-berlin-2026-2026-03-17.csv``."""
    return f"leads-{slugify(event.name)}-{timezone.localtime(at):%Y-%m-%d}.{format.value}"


def _header() -> list[str]:
    return [
        _("Priorität"),
        _("Zustand"),
        _("Name"),
        _("Firma"),
        _("Funktion"),
        _("E-Mail"),
        _("Telefon"),
        _("Mobil"),
        _("Bedarf"),
        _("Notiz"),
        _("Antworten"),
        _("Opt-in ja"),
        _("Opt-in nein"),
        _("Nächster Schritt"),
        _("Nächster Schritt am"),
        _("Zugesagt bis"),
        _("Beantwortet am"),
        _("Erfasst von"),
        _("Erfasst am"),
        _("Verkaufschance"),
        _("Grund"),
    ]


def _rows(event: Event, narrowing: Narrowing, at: datetime) -> Iterator[list[Cell]]:
    for lead in listing.chosen(event=event, narrowing=narrowing, at=at).iterator(CHUNK):
        yield _row(lead)


def _row(lead: Any) -> list[Cell]:
    answers = "; ".join(
        f"{question}: {', '.join(chips)}" for question, chips in proposing.answers_in_words(lead)
    )
    said = {
        wanted: ", ".join(
            channels.label(each.channel) for each in lead.opt_ins.all() if each.answer == wanted
        )
        for wanted in (OptInAnswer.YES, OptInAnswer.NO)
    }
    return [
        lead.grade,
        lead.get_state_display(),
        lead.name,
        lead.company_name,
        lead.function,
        lead.email,
        lead.phone,
        lead.mobile,
        lead.need,
        lead.note,
        answers,
        said[OptInAnswer.YES],
        said[OptInAnswer.NO],
        lead.next_step,
        lead.next_step_on,
        _day(lead.promised_at),
        _day(lead.kept_at),
        str(lead.captured_by),
        _day(lead.captured_at),
        lead.opportunity.number if lead.opportunity else "",
        lead.dropped_because,
    ]


def _day(moment: datetime | None) -> Any:
    return timezone.localdate(moment) if moment else None
