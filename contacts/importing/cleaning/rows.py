"""One row of text → a :class:`PreparedRow`: everything readable, or the reasons why not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from contacts.importing import targets
from contacts.importing.cleaning import addresses, companies, days, persons, points
from contacts.importing.cleaning.cells import Cells, Column, read
from contacts.importing.cleaning.problems import Refused
from contacts.importing.prepared import Holder, PreparedRow, PreparedValue
from contacts.importing.readers.table import Problem, Row
from contacts.models import ContactPointKind


class CriterionReader(NamedTuple):
    """Whom a criterion is about, and how its text becomes a value (raises ``Refused``)."""

    holder: Holder
    read: Callable[[str, str], Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about a file that is the same for each of its rows.

    ``licensed`` are the kinds of contact points that the source's licence covers (empty: all);
    ``owners`` the e-mail addresses of users who may own records.
    """

    columns: Sequence[Column]
    today: date
    defaults: dict[str, str] = field(default_factory=dict)
    region: str = "DE"
    area_code: str = ""
    licensed: frozenset[str] = frozenset()
    criteria: Mapping[str, CriterionReader] = field(default_factory=dict)
    owners: frozenset[str] = frozenset()


def prepare(row: Row, plan: Plan) -> PreparedRow:
    """Clean one row. Never raises for what a file may hold: problems stand in ``errors``."""
    if row.problem is not None:
        return PreparedRow(row.number, "", errors=[row.problem])
    cells = read(row.values, plan.columns, plan.defaults)
    prepared = PreparedRow(row.number, _fingerprint(cells))
    _attempt(cells, lambda: _fill_records(prepared, cells, plan))
    is_nobody = prepared.person is None and prepared.company is None
    if is_nobody and not cells.errors:
        cells.errors.append(_nobody())
    else:
        _attempt(cells, lambda: _fill_reach(prepared, cells, plan))
        _fill_values(prepared, cells, plan)
        _attempt(cells, lambda: _fill_care(prepared, cells, plan))
    prepared.errors = cells.errors
    return prepared


def _attempt(cells: Cells, step: Callable[[], None]) -> None:
    try:
        step()
    except Refused as refusal:
        cells.errors.append(refusal.problem)


def _fill_records(prepared: PreparedRow, cells: Cells, plan: Plan) -> None:
    _attempt(cells, lambda: setattr(prepared, "company", companies.prepare(cells)))
    prepared.person = persons.prepare(cells, today=plan.today)
    if prepared.person is None and prepared.company is not None:
        prepared.company.remark = cells.one("person.remark").text
    if prepared.person and prepared.person.function and prepared.company is None:
        column = cells.one("employment.function").column
        message = _("Eine Funktion ohne Firma wird nicht übernommen.")
        prepared.notes.append(Problem("function-without-company", message, column))


def _fill_reach(prepared: PreparedRow, cells: Cells, plan: Plan) -> None:
    """Contact points and addresses, as far as the source's licence covers them."""
    holder: Holder = "person" if prepared.person else "company"
    country = addresses.country_of(cells, default=plan.region)
    if plan.licensed:
        _leave_out_unlicensed(prepared, cells, plan.licensed)
    prepared.points.extend(
        points.prepare(
            cells,
            holder=holder,
            has_company=prepared.company is not None,
            region=country,
            area_code=plan.area_code,
        )
    )
    for kind in addresses.KINDS:
        address = addresses.prepare(cells, kind, default_country=plan.region)
        if address is not None:
            prepared.addresses.append(address)


def _leave_out_unlicensed(prepared: PreparedRow, cells: Cells, licensed: frozenset[str]) -> None:
    for code in list(cells.by_target):
        if code.startswith("address."):
            kind = ContactPointKind.POSTAL.value
        elif code in points.TARGETS:
            kind = points.TARGETS[code][0]
        else:
            continue
        if kind in licensed:
            continue
        column = cells.by_target.pop(code)[0].column
        message = _("%(channel)s nicht übernommen: von der Lizenz der Herkunft nicht umfasst.") % {
            "channel": ContactPointKind(kind).label
        }
        if all(note.message != message for note in prepared.notes):
            prepared.notes.append(Problem("channel-not-licensed", message, column))


def _fill_values(prepared: PreparedRow, cells: Cells, plan: Plan) -> None:
    for code, reader in plan.criteria.items():
        cell = cells.one(targets.CRITERION + code)
        present = prepared.person if reader.holder == "person" else prepared.company
        if not cell.text or present is None:
            continue
        try:
            value = reader.read(cell.text, cell.column)
        except Refused as refusal:
            cells.errors.append(refusal.problem)
            continue
        prepared.values.append(PreparedValue(code, value, reader.holder))


def _fill_care(prepared: PreparedRow, cells: Cells, plan: Plan) -> None:
    """Who looks after the record, and when it was last confirmed."""
    prepared.confirmed_on = days.past_day(cells.one("confirmed_at"), today=plan.today)
    owner = cells.one("owner.email")
    prepared.owner_email = owner.text.casefold()
    if prepared.owner_email and prepared.owner_email not in plan.owners:
        raise Refused(
            Problem(
                "owner-unknown",
                _("Ein Konto „%(email)s“ gibt es nicht.") % {"email": owner.text},
                owner.column,
                _("Tragen Sie die E-Mail-Adresse eines Kontos ein, oder leeren Sie die Zelle."),
            )
        )


def _fingerprint(cells: Cells) -> str:
    """SHA-256 over the mapped cells, whatever their order."""
    parts = [f"{code}\x1e{cell.text}" for code, found in cells.by_target.items() for cell in found]
    return sha256("\x1f".join(sorted(parts)).encode(errors="replace")).hexdigest()


def _nobody() -> Problem:
    return Problem(
        "no-name",
        _("Die Zeile nennt weder einen Namen noch eine Firma."),
        proposal=_("Ergänzen Sie einen Namen oder löschen Sie die Zeile."),
    )
