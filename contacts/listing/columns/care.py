"""Columns of who looks after a record, where it comes from and how good it is."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.listing.columns.kinds import Column, Kind
from contacts.listing.rows import Need, Row


def _owner(row: Row) -> str:
    return str(row.record.owner or "")


def _team(row: Row) -> str:
    return str(row.record.team or "")


COLUMNS = [
    Column("owner", _("Zuständig"), _owner, frozenset({Need.OWNER})),
    Column("team", _("Team"), _team, frozenset({Need.TEAM})),
    Column("source", _("Herkunft"), lambda row: str(row.record.source), frozenset({Need.SOURCE})),
    Column(
        "use_until",
        _("Nutzbar bis"),
        lambda row: row.record.source.use_until,
        frozenset({Need.SOURCE}),
        kind=Kind.DAY,
    ),
    Column(
        "completeness",
        _("Vollständig"),
        lambda row: row.record.completeness,
        kind=Kind.PERCENT,
        sort="completeness",
    ),
    Column(
        "confirmed",
        _("Bestätigt"),
        lambda row: row.record.confirmed_on,
        kind=Kind.DAY,
        sort="confirmed",
    ),
    Column(
        "changed",
        _("Geändert"),
        lambda row: timezone.localtime(row.record.updated_at),
        kind=Kind.MOMENT,
        sort="changed",
    ),
    Column(
        "created",
        _("Angelegt"),
        lambda row: timezone.localtime(row.record.created_at),
        kind=Kind.MOMENT,
    ),
    Column(
        "remark",
        _("Bemerkung"),
        lambda row: row.record.remark,
        on_screen=False,
    ),
]
