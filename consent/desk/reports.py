"""A report as files: PDF, CSV and JSON, with a signature over all of them."""

import csv
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consent import checkpoints, keys
from consent.desk import printing
from consent.desk.blocks import Block, Facts, Heading, Proof, Text
from consent.ledger import chain, checkpoint, verifier
from consent.models import Checkpoint


@dataclass(frozen=True, slots=True)
class Report:
    """``data`` is what programs read, ``head`` and ``rows`` its table, ``blocks`` for people.

    ``proof`` is the bundle that ``verifier.py --proof`` reads, if there is one.
    """

    name: str
    title: str
    subtitle: str
    blocks: Sequence[Block]
    data: dict[str, Any]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    at: datetime
    proof: dict[str, Any] | None = None
    receipts: list[dict[str, Any]] = field(default_factory=list)


def pdf(report: Report) -> bytes:
    """The report as PDF/A, its data and its proof inside."""
    last = checkpoints.newest()
    attached = {f"{report.name}.json": to_json(report.data)}
    if report.proof is not None:
        attached["nachweis.json"] = to_json(report.proof)
    return printing.to_pdf(
        title=report.title,
        subtitle=report.subtitle,
        blocks=[*report.blocks, *_ledger_blocks(last)],
        attached=attached,
        at=report.at,
        language=get_language() or "de",
    )


def table(report: Report) -> bytes:
    """The report's table as CSV that a spreadsheet opens: semicolons, UTF-8 with its mark."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(report.head)
    for row in report.rows:
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_json(report: Report) -> bytes:
    """The report for programs."""
    return to_json(report.data)


def package(report: Report) -> bytes:
    """Everything in one ZIP: the three files, the proof, and what a stranger checks them with."""
    files = {
        f"{report.name}.pdf": pdf(report),
        f"{report.name}.csv": table(report),
        f"{report.name}.json": to_json(report.data),
    }
    if report.proof is not None:
        files["nachweis.json"] = to_json(report.proof)
    for number, receipt in enumerate(report.receipts, start=1):
        files[f"quittung-{number}.json"] = to_json(receipt)
    last = checkpoints.newest()
    files["unterschrift.txt"] = signed(files, last, at=report.at).encode()
    files["pruefschluessel.txt"] = f"{keys.signing_key().public}\n".encode()
    files["verifier.py"] = Path(verifier.__file__).read_bytes()
    if last is not None:
        files["pruefpunkt.txt"] = last.note.encode()
    return zipped(files, report.at)


FORMS: Mapping[str, tuple[Callable[[Report], bytes], str]] = {
    "pdf": (pdf, "application/pdf"),
    "zip": (package, "application/zip"),
    "csv": (table, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
}
"""How a report can be had: by the ending of the file, what makes it, and its media type."""


@dataclass(frozen=True, slots=True)
class File:
    """A report as a file."""

    name: str
    media_type: str
    content: bytes


def file_of(report: Report, form: str) -> File:
    """The report in one of :data:`FORMS`."""
    make, media_type = FORMS[form]
    return File(f"{report.name}.{form}", media_type, make(report))


def signed(files: dict[str, bytes], last: Checkpoint | None, *, at: datetime) -> str:
    """A C2SP signed note over the SHA-256 of each file and the root of the last checkpoint."""
    key = keys.signing_key()
    lines = [f"{key.name}/bericht", f"{checkpoints.TIME}{chain.instant(at)}"]
    if last is not None:
        lines.append(f"pruefpunkt {last.size} {bytes(last.root).hex()}")
    lines += [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items()]
    return checkpoint.sign_note("".join(f"{line}\n" for line in lines), key)


def _ledger_blocks(last: Checkpoint | None) -> list[Block]:
    blocks: list[Block] = [Heading(_("Nachweis der Unveränderlichkeit"))]
    if last is None:
        return [*blocks, Text(_("Es gibt noch keinen Prüfpunkt."))]
    return [
        *blocks,
        Text(
            _(
                "Alle Ereignisse stehen in einer Kette, über die stündlich ein unterschriebener"
                " Prüfpunkt gebildet wird. Der beigefügte Nachweis zeigt mit dem Prüfprogramm"
                " (verifier.py --proof nachweis.json --key pruefschluessel.txt), dass die genannten"
                " Ereignisse darin enthalten und unverändert sind."
            )
        ),
        Facts(
            [
                (_("Ereignisse"), str(last.size)),
                (_("Prüfschlüssel"), str(keys.signing_key().public)),
            ]
        ),
        Proof(last.note.strip()),
    ]


def to_json(data: Any) -> bytes:
    """JSON that people can read, too."""
    return json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"


def harmless(cell: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def zipped(files: dict[str, bytes], at: datetime) -> bytes:
    """Files by name in one ZIP, which is the same whenever it is made of the same."""
    out = BytesIO()
    local = timezone.localtime(at)
    moment = (local.year, local.month, local.day, local.hour, local.minute, local.second)
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, moment), content, ZIP_DEFLATED)
    return out.getvalue()
