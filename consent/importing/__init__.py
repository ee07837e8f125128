"""Importing consents with their proof, opt-outs first, and lists of who wants no advertising.

A CSV file with a line of headings. Opt-outs count unconditionally, whoever has the value. A
consent without its text, its time or the way it was given is kept as disputed: visible, never
usable. What cannot be read is reported with row, column and what to do, and left out.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy

from consent import controllers, recording, suppression
from consent.decision import codes
from consent.importing import cells, granting
from consent.importing import proofs as files
from consent.importing.cells import COLUMNS, MOST_ROWS, NEEDED, Row, Unreadable
from consent.importing.granting import METHODS, Granting
from consent.importing.proofs import Proofs
from consent.importing.reports import Remark, Report, as_json
from consent.importing.uploads import proofs_of
from consent.models import Controller, Evidence, SuppressionList
from consent.suppression import Wanted
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors

__all__ = [
    "COLUMNS",
    "METHODS",
    "MOST_ROWS",
    "NEEDED",
    "Contents",
    "Proofs",
    "Remark",
    "Report",
    "as_json",
    "import_consents",
    "import_robinson",
    "proofs_of",
]


class Contents(models.TextChoices):
    """What a file tells."""

    CONSENTS = "consents", gettext_lazy("Einwilligungen und Widersprüche")
    ROBINSON = "robinson", gettext_lazy("Robinsonliste: wer keine Werbung will")


def import_consents(
    *,
    actor: User | None,
    content: bytes,
    file_name: str,
    controller: Controller,
    at: datetime,
    proofs: Proofs | None = None,
    is_dry_run: bool = False,
    most_rows: int = MOST_ROWS,
) -> Report:
    """Import a file for a controller; a dry run reports the same and writes nothing.

    ``proofs`` has the files that rows name in ``evidence``. If it is given, each must be there;
    what is no name of a file, or any name without ``proofs``, is noted alone, which is weak proof
    (grade C).

    :raises errors.Invalid: the file as a whole cannot be read (field ``file``), or a file of proof
        is not there (field ``evidence``, with row and column); nothing is written then
    """
    _require_manager(actor)
    rows = cells.read(content, most=most_rows)
    files.require_all(rows, proofs)
    report = Report(file_name=file_name, rows=len(rows), is_dry_run=is_dry_run)
    staying = [row for row in rows if not row.cells["opted_out_at"]]
    leaving = [row for row in rows if row.cells["opted_out_at"]]
    stored: list[Evidence] = []
    try:
        with transaction.atomic():
            making = Granting(staying, controller=controller, proof=proofs, file=file_name, at=at)
            stored = making.stored
            for row in staying:
                _grant(row, making, report)
            _opt_out(leaving, actor=actor, report=report, at=at)
            recording.append_all(making.drafts, actor=actor, at=at)
            if is_dry_run:
                transaction.set_rollback(True)
            else:
                _note(report, actor=actor, controller=controller, at=at)
    finally:
        files.drop_unused(stored)
    report.remarks.sort(key=lambda remark: remark.row)
    return report


def import_robinson(
    *, actor: User | None, content: bytes, file_name: str, at: datetime, is_dry_run: bool = False
) -> Report:
    """Put the values of a list, one a line, on the suppression list ``robinson_ddv``."""
    _require_manager(actor)
    lines = cells.decoded(content).splitlines()
    report = Report(file_name=file_name, is_dry_run=is_dry_run)
    wanted = []
    for number, line in enumerate(lines, 1):
        value = line.split(";")[0].strip().strip('"')
        if not value or value.startswith("#"):
            continue
        report.rows += 1
        try:
            reading = cells.reading(value)
        except Unreadable as problem:
            report.refuse(number, "value", problem.message)
            continue
        wanted.append(Wanted(reading.kind, reading.normalised))
    with transaction.atomic():
        entries = suppression.suppress_all(
            actor=actor, wanted=wanted, effective_at=at, at=at, on=SuppressionList.ROBINSON
        )
        report.opted_out = len(entries)
        if is_dry_run:
            transaction.set_rollback(True)
        else:
            _note(report, actor=actor, controller=controllers.default(), at=at)
    return report


def _opt_out(rows: Iterable[Row], *, actor: User | None, report: Report, at: datetime) -> None:
    by_time: dict[datetime, list[Wanted]] = {}
    for row in rows:
        try:
            reading = cells.reading(row.cells["value"])
            when = _left_at(row.cells["opted_out_at"], at)
            named = cells.codes(
                row, "channels", {str(each) for each in codes.Channel} | {"*", "alle"}
            )
        except Unreadable as problem:
            report.refuse(row.number, problem.column, problem.message)
            continue
        for channel in named:
            every = suppression.EVERY_CHANNEL if channel == "alle" else channel
            wanted = Wanted(reading.kind, reading.normalised, every)
            by_time.setdefault(when, []).append(wanted)
        report.opted_out += 1
    for when, wanted_then in sorted(by_time.items()):
        suppression.suppress_all(
            actor=actor, wanted=wanted_then, effective_at=when, at=at, reason=report.file_name
        )


def _grant(row: Row, making: Granting, report: Report) -> None:
    try:
        with transaction.atomic():
            lacking = making.grant(row)
    except Unreadable as problem:
        report.refuse(row.number, problem.column, problem.message)
    except errors.DomainError as refusal:
        report.refuse(row.number, refusal.field, refusal.message)
    else:
        if lacking:
            report.disputed += 1
            report.remarks.append(Remark(row.number, *granting.told(lacking), is_refused=False))
        else:
            report.imported += 1


def _note(report: Report, *, actor: User | None, controller: Controller, at: datetime) -> None:
    counts = {
        name: [None, getattr(report, name)]
        for name in ("imported", "disputed", "opted_out", "refused")
    }
    audit.record(actor=actor, action="consent.imported", target=controller, changes=counts, at=at)


def _left_at(cell: str, at: datetime) -> datetime:
    """When somebody opted out; ``ja`` and whatever lies ahead mean now."""
    if cell.lower() in ("ja", "yes", "x", "1", "true", "wahr"):
        return at
    return min(cells.moment(cell, "opted_out_at"), at)


def _require_manager(actor: User | None) -> None:
    if actor is not None:
        policy.require(actor, policy.Permission.CONSENT_MANAGE)
