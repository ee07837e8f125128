"""The list of opportunities as a file, with an audit row of who took what."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts import tables
from contacts.tables import Cell, Format
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit
from history.models import Opportunity
from history.opportunities import listing, money
from history.opportunities.narrowing import Narrowing

CHUNK = 1000


@transaction.atomic
def export(
    *, actor: User, narrowing: Narrowing, format: Format, to: IO[bytes], at: datetime
) -> int:
    """Write what is meant and may be seen to ``to``; returns how many rows.

    :raises errors.NotPermitted: without the permission to export
    """
    policy.require(actor, policy.Permission.OPPORTUNITIES_VIEW)
    policy.require(actor, policy.Permission.CONTACTS_EXPORT)
    table = tables.open_table(format=format, to=to, header=_header())
    count = 0
    for row in _rows(actor, narrowing):
        table.write(row)
        count += 1
    table.close()
    context = {"rows": count, "format": format.value, "query": narrowing.encode()}
    audit.record(actor=actor, action="opportunities.exported", at=at, context=context)
    return count


def file_name(*, format: Format, at: datetime) -> str:
    """``verkaufschancen-2026-03-17.csv``."""
    return f"{_('verkaufschancen')}-{timezone.localtime(at):%Y-%m-%d}.{format.value}"


def _header() -> list[str]:
    return [
        _("Nummer"),
        _("Titel"),
        _("Firma"),
        _("Person"),
        _("Pipeline"),
        _("Stufe"),
        _("Zustand"),
        _("Volumen in EUR"),
        _("Wahrscheinlichkeit in Prozent"),
        _("gewichtet in EUR"),
        _("Realisierung"),
        _("Entscheidung"),
        _("Zuständig"),
        _("Team"),
        _("Grund"),
        _("angelegt am"),
        _("abgeschlossen am"),
    ]


def _rows(actor: User, narrowing: Narrowing) -> Iterator[list[Cell]]:
    for deal in listing.chosen(user=actor, narrowing=narrowing).iterator(CHUNK):
        yield _row(deal)


def _row(deal: Opportunity) -> list[Cell]:
    weighted = money.weighted(deal)
    return [
        deal.number,
        deal.title,
        _name(deal.company),
        _name(deal.person),
        deal.pipeline.name,
        deal.stage.name,
        deal.get_state_display(),
        None if deal.volume is None else float(deal.volume),
        deal.probability,
        None if weighted is None else float(weighted),
        deal.realisation_on,
        deal.decision_on,
        _name(deal.owner),
        _name(deal.team),
        _name(deal.close_reason),
        timezone.localdate(deal.created_at),
        timezone.localdate(deal.closed_at) if deal.closed_at else None,
    ]


def _name(row: object) -> str:
    return str(row) if row is not None else ""
