"""Proof of imported consents: files that rows name, or the row itself."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath
from typing import Protocol

from django.utils.translation import gettext as _

from consent import evidences
from consent.importing.cells import Row, Unreadable
from consent.models import Evidence, EvidenceKind, Grade
from crm.kernel import errors

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


def require_all(rows: Iterable[Row], proofs: Proofs | None) -> None:
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


def store(row: Row, proofs: Proofs | None, *, file: str, at: datetime) -> Evidence:
    """Keep the file that the row names, or else the row itself.

    :raises Unreadable: files of that kind are not kept
    :raises errors.Invalid: the file is empty, too large, or not what its ending says
    """
    reference = row.cells["evidence"]
    name = _name_of(reference)
    ending = PurePath(name).suffix.lower()
    if proofs is not None and name in proofs:
        if ending not in FILES:
            raise Unreadable(
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


def drop_unused(pieces: Iterable[Evidence]) -> None:
    """Remove files of rows that were left out, or of a trial: the database took their rows back."""
    files = {piece.sha256: piece.file for piece in pieces}
    rows = Evidence.objects.filter(sha256__in=files, erased_at=None)
    kept = set(rows.values_list("sha256", flat=True))
    for digest, file in files.items():
        if digest not in kept and file.name:
            file.storage.delete(file.name)


def _name_of(reference: str) -> str:
    """The name of a file, whatever folders stand before it."""
    return PurePath(reference.replace("\\", "/")).name
