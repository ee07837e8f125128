"""Importing consents with their proof, opt-outs first, and lists of who wants no advertising.

A CSV file with a line of headings. Opt-outs count unconditionally, whoever has the value. A
consent without its text, its time or the way it was given is kept as disputed: visible, never
usable. What cannot be read is reported with row, column and what to do, and left out.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import PurePath
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from consent import channels, consents, evidences, suppression
from consent.decision import codes
from consent.models import (
    ConsentText,
    Controller,
    EventKind,
    Evidence,
    EvidenceKind,
    Grade,
    SuppressionList,
    TextStatus,
)
from consent.suppression import Wanted
from contacts import contact_points
from contacts.contact_points import Reading
from contacts.models import ContactPoint, ContactPointHolder, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "value": ("value", "kontakt", "kontaktweg", "wert"),
    "channels": ("channels", "channel", "kanal", "kanäle"),
    "purposes": ("purposes", "purpose", "zweck", "zwecke"),
    "granted_at": ("granted_at", "erteilt", "erteilt_am"),
    "method": ("method", "art", "methode"),
    "source": ("source", "quelle", "herkunft"),
    "text": ("text", "textfassung", "fassung"),
    "evidence": ("evidence", "nachweis", "beleg"),
    "opted_out_at": ("opted_out_at", "opt_out", "widerspruch", "widerruf"),
}
NEEDED = ("value", "channels")
METHODS = ("web_form", "paper", "oral_inbound", "oral_outbound", "fair")
MOST_ROWS = 100_000
MOST_BYTES = 50 * 1024 * 1024
FILES = {
    ".pdf": ("application/pdf", EvidenceKind.SCAN, Grade.A),
    ".png": ("image/png", EvidenceKind.SCAN, Grade.A),
    ".jpg": ("image/jpeg", EvidenceKind.SCAN, Grade.A),
    ".jpeg": ("image/jpeg", EvidenceKind.SCAN, Grade.A),
    ".wav": ("audio/wav", EvidenceKind.AUDIO, Grade.A),
    ".mp3": ("audio/mpeg", EvidenceKind.AUDIO, Grade.A),
    ".eml": ("message/rfc822", EvidenceKind.MAIL, Grade.B),
}
"""What a file of proof is worth, by its ending."""
_FILE_NAME = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_MOST_TOLD = 20


class Proofs(Protocol):
    """Files of proof by their names, read when they are asked for."""

    def __contains__(self, name: object, /) -> bool: ...

    def __getitem__(self, name: str, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about a row; ``row`` counts from 1 with the headings."""

    row: int
    column: str
    message: str
    is_refused: bool


@dataclass(slots=True)
class Report:
    """What came of a file."""

    file_name: str
    rows: int = 0
    imported: int = 0
    disputed: int = 0
    opted_out: int = 0
    refused: int = 0
    is_dry_run: bool = False
    remarks: list[Remark] = field(default_factory=list)

    def refuse(self, row: int, column: str, message: str) -> None:
        """Leave a row out."""
        self.refused += 1
        self.remarks.append(Remark(row, column, message, is_refused=True))


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Mapping[str, str]


class _Unreadable(Exception):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def import_consents(
    *,
    actor: User | None,
    content: bytes,
    file_name: str,
    controller: Controller,
    at: datetime,
    proofs: Proofs | None = None,
    is_dry_run: bool = False,
) -> Report:
    """Import a file for a controller; a dry run reports the same and writes nothing.

    ``proofs`` has the files that rows name in ``evidence``. If it is given, each must be there;
    what is no name of a file, or any name without ``proofs``, is noted alone, which is weak proof
    (grade C).

    :raises errors.Invalid: the file as a whole cannot be read (field ``file``), or a file of proof
        is not there (field ``evidence``, with row and column); nothing is written then
    """
    _require_manager(actor)
    rows = _read(content)
    _require_proofs(rows, proofs)
    report = Report(file_name=file_name, rows=len(rows), is_dry_run=is_dry_run)
    stored: list[Evidence] = []
    try:
        _import(
            rows, actor=actor, controller=controller, proofs=proofs, report=report, stored=stored,
            at=at,
        )  # fmt: skip
    finally:
        _drop_unused(stored)
    report.remarks.sort(key=lambda remark: remark.row)
    return report


def _import(
    rows: Sequence[_Row],
    *,
    actor: User | None,
    controller: Controller,
    proofs: Proofs | None,
    report: Report,
    stored: list[Evidence],
    at: datetime,
) -> None:
    with transaction.atomic():
        leaving = [row for row in rows if row.cells["opted_out_at"]]
        _opt_out(leaving, actor=actor, report=report, at=at)
        for row in rows:
            if not row.cells["opted_out_at"]:
                _import_row(
                    row,
                    actor=actor,
                    controller=controller,
                    proofs=proofs,
                    report=report,
                    stored=stored,
                    at=at,
                )
        if report.is_dry_run:
            transaction.set_rollback(True)
            return
        counts = {
            name: [None, getattr(report, name)]
            for name in ("imported", "disputed", "opted_out", "refused")
        }
        audit.record(
            actor=actor, action="consent.imported", target=controller, changes=counts, at=at
        )


def import_robinson(
    *, actor: User | None, content: bytes, file_name: str, at: datetime, is_dry_run: bool = False
) -> Report:
    """Put the values of a list, one a line, on the suppression list ``robinson_ddv``."""
    _require_manager(actor)
    lines = _decoded(content).splitlines()
    report = Report(file_name=file_name, is_dry_run=is_dry_run)
    wanted = []
    for number, line in enumerate(lines, 1):
        value = line.split(";")[0].strip().strip('"')
        if not value or value.startswith("#"):
            continue
        report.rows += 1
        try:
            reading = _reading(value)
        except _Unreadable as problem:
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
    return report


def _opt_out(rows: Iterable[_Row], *, actor: User | None, report: Report, at: datetime) -> None:
    by_time: dict[datetime, list[Wanted]] = {}
    for row in rows:
        try:
            reading = _reading(row.cells["value"])
            when = _left_at(row.cells["opted_out_at"], at)
            named = _codes(row, "channels", {str(each) for each in codes.Channel} | {"*", "alle"})
        except _Unreadable as problem:
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


def _import_row(
    row: _Row,
    *,
    actor: User | None,
    controller: Controller,
    proofs: Proofs | None,
    report: Report,
    stored: list[Evidence],
    at: datetime,
) -> None:
    try:
        with transaction.atomic():
            event, lacking = _granted(
                row,
                actor=actor,
                controller=controller,
                proofs=proofs,
                file=report.file_name,
                stored=stored,
                at=at,
            )
    except _Unreadable as problem:
        report.refuse(row.number, problem.column, problem.message)
    except errors.DomainError as refusal:
        report.refuse(row.number, refusal.field, refusal.message)
    else:
        if event == EventKind.DISPUTED:
            report.disputed += 1
            report.remarks.append(Remark(row.number, *_told(lacking), is_refused=False))
        else:
            report.imported += 1


def _granted(
    row: _Row,
    *,
    actor: User | None,
    controller: Controller,
    proofs: Proofs | None,
    file: str,
    stored: list[Evidence],
    at: datetime,
) -> tuple[str, list[str]]:
    cells = row.cells
    point, person = _holder(_reading(cells["value"]))
    named = _codes(row, "channels", {str(each) for each in codes.Channel})
    for channel in named:
        if not channels.fits(channel, point.kind):
            raise _Unreadable("channels", _("%(channel)s geht nicht über %(value)s.") % {
                "channel": channels.label(channel), "value": point.display,
            })  # fmt: skip
    purposes = _codes(row, "purposes", set(codes.PURPOSES))
    when = _moment(cells["granted_at"], "granted_at") if cells["granted_at"] else None
    if when is not None and when > at:
        raise _Unreadable("granted_at", _("Dieser Zeitpunkt liegt in der Zukunft."))
    text = _text(cells["text"], controller)
    lacking = [
        name
        for name, is_there in (
            ("granted_at", when is not None),
            ("method", cells["method"] in METHODS),
            ("text", text is not None),
            ("evidence", bool(cells["evidence"])),
        )
        if not is_there
    ]
    if text is not None and not _fits(text, named, purposes, when):
        lacking.append("text")
    proof = _proof(row, proofs, file=file, at=at)
    stored.append(proof)
    event = consents.grant(
        actor=actor,
        declaration=consents.Declaration(
            person=person,
            point=point,
            controller=controller,
            channels=named,
            purposes=purposes,
            method="import",
            declared_at=when or at,
            text=None if lacking else text,
            evidence=[proof],
            flaws={"lacking": lacking} if lacking else {},
            payload={"source": cells["source"], "method": cells["method"], "text": cells["text"]},
        ),
        at=at,
    )
    return event.kind, lacking


def _proof(row: _Row, proofs: Proofs | None, *, file: str, at: datetime) -> Evidence:
    reference = row.cells["evidence"]
    name = _name_of(reference)
    ending = PurePath(name).suffix.lower()
    if proofs is not None and name in proofs:
        if ending not in FILES:
            raise _Unreadable(
                "evidence",
                _("Dateien dieser Art (%(type)s) werden nicht als Nachweis aufbewahrt.")
                % {"type": ending},
            )
        media_type, kind, grade = FILES[ending]
        return evidences.store(
            content=proofs[name],
            kind=kind,
            grade=grade,
            media_type=media_type,
            name=reference,
            at=at,
        )
    noted = {"file": file, "row": row.number, "cells": dict(row.cells)}
    return evidences.store(
        content=json.dumps(noted, ensure_ascii=False, sort_keys=True, indent=1).encode(),
        kind=EvidenceKind.IMPORT_ROW,
        grade=Grade.C,
        media_type="application/json",
        name=f"{file}, {row.number}",
        at=at,
    )


def _name_of(reference: str) -> str:
    """The name of a file, whatever folders stand before it."""
    return PurePath(reference.replace("\\", "/")).name


def _require_proofs(rows: Iterable[_Row], proofs: Proofs | None) -> None:
    """Pass if every file that a consent names is there."""
    if proofs is None:
        return
    missing = [
        (row.number, name)
        for row in rows
        if not row.cells["opted_out_at"]
        for name in [_name_of(row.cells["evidence"])]
        if _FILE_NAME.search(name) and name not in proofs
    ]
    if not missing:
        return
    told = [
        _("Zeile %(row)d, Spalte evidence: Die Datei %(file)s fehlt.") % {"row": row, "file": name}
        for row, name in missing[:_MOST_TOLD]
    ]
    if len(missing) > _MOST_TOLD:
        told.append(_("Und %(count)d weitere.") % {"count": len(missing) - _MOST_TOLD})
    raise errors.Invalid(
        {"evidence": told},
        _("%(first)s Es wurde nichts eingelesen. Bitte senden Sie alle Nachweise mit.")
        % {"first": told[0]},
        rows=[{"row": row, "column": "evidence", "file": name} for row, name in missing],
    )


def _drop_unused(stored: Iterable[Evidence]) -> None:
    """Remove files of rows that were left out, or of a trial: the database took their rows back."""
    pieces = {piece.sha256: piece for piece in stored}
    rows = Evidence.objects.filter(sha256__in=pieces, erased_at=None)
    kept = set(rows.values_list("sha256", flat=True))
    for digest, piece in pieces.items():
        if digest not in kept and piece.file.name:
            piece.file.storage.delete(piece.file.name)


def _told(lacking: Sequence[str]) -> tuple[str, str]:
    words = {
        "granted_at": _("wann sie erteilt wurde"),
        "method": _("wie sie erteilt wurde (%(codes)s)") % {"codes": ", ".join(METHODS)},
        "text": _("die Textfassung, die damals galt (Kürzel/Fassung)"),
        "evidence": _("ein Nachweis"),
    }
    lacks = "; ".join(words[name] for name in dict.fromkeys(lacking))
    sentence = _("Nicht verwendbar, es fehlt: %(what)s. Bitte ergänzen und noch einmal einlesen.")
    return lacking[0], sentence % {"what": lacks}


def _holder(reading: Reading) -> tuple[ContactPoint, Person]:
    point = ContactPoint.objects.filter(
        kind__in=_kinds(reading.kind), normalised=reading.normalised
    ).first()
    holders = ContactPointHolder.objects.filter(contact_point=point, person__isnull=False)
    found = [holder.person for holder in holders.select_related("person")[:2] if point]
    if point is None or not found:
        raise _Unreadable(
            "value", _("Niemand hat diesen Kontaktweg. Bitte legen Sie ihn zuerst an.")
        )
    if len(found) > 1 or found[0] is None:
        raise _Unreadable(
            "value",
            _(
                "Mehrere Personen teilen diesen Kontaktweg. Bitte erfassen Sie die Einwilligung "
                "einzeln."
            ),
        )
    return point, found[0]


def _reading(value: str) -> Reading:
    kind = "EMAIL" if "@" in value else "PHONE"
    try:
        return contact_points.read(kind=kind, value=value)
    except errors.DomainError as refusal:
        raise _Unreadable("value", refusal.message) from refusal


def _kinds(kind: str) -> tuple[str, ...]:
    return ("EMAIL",) if kind == "EMAIL" else ("PHONE", "MOBILE", "FAX")


def _codes(row: _Row, column: str, known: set[str]) -> list[str]:
    given = row.cells[column].replace("|", ",").replace("/", ",").lower().split(",")
    named = [each.strip() for each in given if each.strip()]
    unknown = [each for each in named if each not in known]
    if not named:
        raise _Unreadable(column, _("Bitte ausfüllen."))
    if unknown:
        raise _Unreadable(
            column,
            _("Unbekannt: %(value)s. Möglich sind: %(known)s.")
            % {"value": ", ".join(unknown), "known": ", ".join(sorted(known))},
        )
    return list(dict.fromkeys(named))


def _text(reference: str, controller: Controller) -> ConsentText | None:
    """``code/version`` or ``code/version/language``, or the SHA-256 of a text."""
    rows = ConsentText.objects.filter(controller=controller).exclude(status=TextStatus.DRAFT)
    if len(reference) == 64:
        return rows.filter(sha256=reference.lower()).first()
    code, _slash, rest = reference.partition("/")
    version, _slash, language = rest.partition("/")
    if not version.isdecimal() or len(version) > 6:
        return None
    return rows.filter(code=code, version=int(version), language=language or "de").first()


def _fits(
    text: ConsentText, named: Sequence[str], purposes: Sequence[str], when: datetime | None
) -> bool:
    is_later = when is not None and text.published_at is not None and text.published_at > when
    return not is_later and set(named) <= set(text.channels) and set(purposes) <= set(text.purposes)


def _left_at(cell: str, at: datetime) -> datetime:
    """When somebody opted out; ``ja`` and whatever lies ahead mean now."""
    if cell.lower() in ("ja", "yes", "x", "1", "true", "wahr"):
        return at
    return min(_moment(cell, "opted_out_at"), at)


def _moment(cell: str, column: str) -> datetime:
    for pattern in ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y"):
        try:
            return timezone.make_aware(datetime.strptime(cell, pattern))  # noqa: DTZ007 - made aware
        except ValueError:
            continue
    try:
        moment = parse_datetime(cell)
        day = None if moment else parse_date(cell)
    except ValueError:
        moment, day = None, None
    if day is not None:
        moment = datetime.combine(day, time.min)
    if moment is None:
        raise _Unreadable(
            column,
            _("%(value)s ist kein Zeitpunkt. Möglich ist z. B. 17.03.2026 10:12.")
            % {"value": cell},
        )
    return moment.astimezone(UTC) if timezone.is_aware(moment) else timezone.make_aware(moment)


def _read(content: bytes) -> list[_Row]:
    text = _decoded(content)
    head = text.splitlines()[0] if text.strip() else ""
    delimiter = max(";,\t", key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _file(_("Die Datei ist nicht als CSV lesbar (%(why)s).") % {"why": error}) from error
    if len(lines) < 2:
        raise _file(_("Die Datei enthält keine Zeile unter den Überschriften."))
    if len(lines) > MOST_ROWS:
        raise _file(_("Die Datei hat mehr als 100.000 Zeilen. Bitte teilen Sie sie."))
    titles = [title.strip().lower().replace(" ", "_") for title in lines[0]]
    place = {
        name: next((titles.index(each) for each in known if each in titles), None)
        for name, known in COLUMNS.items()
    }
    if missing := [COLUMNS[name][0] for name in NEEDED if place[name] is None]:
        raise _file(
            _("Es fehlt die Spalte %(names)s. Mögliche Spalten: %(known)s.")
            % {"names": ", ".join(missing), "known": ", ".join(COLUMNS)}
        )
    return [
        _Row(number, {name: _cell(line, index) for name, index in place.items()})
        for number, line in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in line)
    ]


def _cell(line: Sequence[str], index: int | None) -> str:
    return line[index].strip() if index is not None and index < len(line) else ""


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _file(_("Die Datei ist größer als 50 MB. Bitte teilen Sie sie."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\0" in text:
        raise _file(_("Das ist keine Textdatei. Bitte speichern Sie sie als CSV (UTF-8)."))
    return text


def _file(message: str) -> errors.Invalid:
    return errors.Invalid({"file": [message]})


def _require_manager(actor: User | None) -> None:
    if actor is not None:
        policy.require(actor, policy.Permission.CONSENT_MANAGE)


def as_json(report: Report) -> dict[str, Any]:
    """The report for programs."""
    return {
        "file": report.file_name,
        "dry_run": report.is_dry_run,
        "rows": report.rows,
        "imported": report.imported,
        "disputed": report.disputed,
        "opted_out": report.opted_out,
        "refused": report.refused,
        "remarks": [
            {
                "row": remark.row,
                "column": remark.column,
                "message": remark.message,
                "refused": remark.is_refused,
            }
            for remark in report.remarks
        ],
    }
