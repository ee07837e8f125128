"""Is everything as it was recorded? The ledger, and what hangs on it, in one scan.

:mod:`consent.ledger.verifier` checks the chain as a stranger would. Beside it stand tables that the
ledger binds by hashes or by its events: texts, suppressions, evidence, erasures, checkpoints.
"""

import hashlib
import itertools
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from consent import checkpoints, keys, reading, texts
from consent.ledger import chain, checkpoint, verifier
from consent.ledger.verifier import Report, VerifierKey
from consent.models import (
    Checkpoint,
    ConsentText,
    EventKind,
    EventPayload,
    Evidence,
    SuppressionEntry,
    TextStatus,
)
from consent.notices import unchanged
from crm.accounts.models import User
from crm.kernel import audit

REASONS = {
    "payload_missing": _("Die Nutzdaten fehlen, ohne dass eine Löschung davon weiß."),
    "payload_back": _("Die Nutzdaten wurden gelöscht und sind wieder da."),
    "checkpoint_missing": _("Er liegt außerhalb der Datenbank, aber nicht in ihr."),
    "checkpoint_altered": _("Die Zeile sagt etwas anderes als das, was unterschrieben ist."),
    "text_missing": _("Veröffentlicht wurde er, aber es gibt ihn nicht mehr so."),
    "text_altered": _("Er ist nicht mehr der, der veröffentlicht wurde."),
    "notice_missing": _("Veröffentlicht wurde sie, aber es gibt sie nicht mehr so."),
    "notice_altered": _("Sie ist nicht mehr die, die veröffentlicht wurde."),
    "provision_altered": _("Sie sagt etwas anderes als das Ereignis, auf das sie zeigt."),
    "suppression_missing": _("Gesperrt wurde, aber der Eintrag der Sperrliste fehlt."),
    "suppression_altered": _("Er sagt etwas anderes als die Ereignisse, auf die er zeigt."),
    "evidence_missing": _("Ein Ereignis nennt diesen Nachweis, aber er fehlt."),
    "evidence_altered": _("Der Inhalt ist nicht der, dessen Prüfsumme im Protokoll steht."),
}
PLACES = {
    "event": _("Ereignis %(which)s"),
    "checkpoint": _("Prüfpunkt über %(which)s Ereignisse"),
    "text": _("Text %(which)s"),
    "notice": _("Fassung %(which)s der Datenschutzhinweise"),
    "provision": _("Mitteilung %(which)s"),
    "suppression": _("Eintrag %(which)s der Sperrliste"),
    "evidence": _("Nachweis %(which)s"),
}
_ABOUT_TEXTS = (EventKind.TEXT_PUBLISHED, EventKind.TEXT_RETIRED)
_ABOUT_SUPPRESSIONS = (EventKind.SUPPRESSED, EventKind.SUPPRESSION_LIFTED)
Line = Mapping[str, Any]


class Finding(NamedTuple):
    """``place`` is a key of :data:`PLACES`, ``which`` the one of them."""

    reason: str
    place: str
    which: str

    def __str__(self) -> str:
        where = PLACES[self.place] % {"which": self.which}
        return f"{where}: {REASONS.get(self.reason) or verifier.REASONS[self.reason]}"


@dataclass(slots=True)
class Verification:
    """``report`` is the verifier's on the chain, ``findings`` all of both, in their order."""

    report: Report
    findings: list[Finding] = field(default_factory=list)
    seconds: float = 0.0

    def __bool__(self) -> bool:
        return not self.findings and not self.report.further_findings

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        return {
            **self.report.as_dict(),
            "decision": "VALID" if self else "BROKEN",
            "seconds": round(self.seconds, 2),
            "findings": [{**found._asdict(), "sentence": str(found)} for found in self.findings],
        }


@transaction.atomic
def verify(*, notes: Iterable[str] = ()) -> Verification:
    """Check everything, with ``notes`` as further checkpoints that somebody kept elsewhere.

    As of one instant, if no transaction is open yet.
    """
    started = time.perf_counter()
    _as_of_one_instant()
    stored = list(Checkpoint.objects.order_by("size"))
    known = {row.note for row in stored}
    foreign = [
        note for note in dict.fromkeys((*checkpoints.anchored(), *notes)) if note not in known
    ]
    scan = _Scan()
    report = verifier.verify(
        scan.watch(reading.lines()),
        [*known, *foreign],
        [keys.signing_key().public],
        checkpoint.valid,
    )
    found = [_placed(each) for each in report.findings]
    found += _checkpoints(stored, foreign)
    found += scan.payloads()
    found += _texts(scan.texts)
    found += itertools.starmap(Finding, unchanged.findings(scan.notices))
    found += _suppressions(scan.suppressions)
    found += _evidence(scan.erased)
    return Verification(report, found, time.perf_counter() - started)


def verify_and_note(*, at: datetime, actor: User | None = None) -> Verification:
    """Check everything, and write into the audit log how it turned out."""
    done = verify()
    with transaction.atomic():
        audit.record(
            actor=actor,
            action="ledger.verified",
            context={
                "valid": bool(done),
                "size": done.report.size,
                "root": done.report.root.hex(),
                "milliseconds": round(done.seconds * 1000),
                "findings": [str(each) for each in done.findings[:20]],
            },
            at=at,
        )
    return done


def public_key() -> VerifierKey:
    """What others check the checkpoints with."""
    return keys.signing_key().public


class _Scan:
    """What else the events say, gathered while the verifier reads them."""

    def __init__(self) -> None:
        self.texts: list[Line] = []
        self.suppressions: list[Line] = []
        self.notices: list[Line] = []
        self.erased: set[str] = set()
        self._gone: dict[str, int] = {}
        self._seqs_of_erased: dict[str, int] = {}

    def watch(self, lines: Iterable[Line]) -> Iterator[Line]:
        for line in lines:
            kind = line["kind"]
            if kind in _ABOUT_TEXTS:
                self.texts.append(line)
            elif kind in _ABOUT_SUPPRESSIONS:
                self.suppressions.append(line)
            elif kind in unchanged.ABOUT:
                self.notices.append(line)
            elif kind == EventKind.ERASED:
                self.erased.update(line["details"].get("events", ()))
            if line["commitment"] and line["payload"] is None:
                self._gone[line["id"]] = line["seq"]
            yield line

    def payloads(self) -> Iterator[Finding]:
        """Payloads that went without an erasure, and that came back after one."""
        for public_id, seq in self._gone.items():
            if public_id not in self.erased:
                yield Finding("payload_missing", "event", str(seq))
        back = self.erased - self._gone.keys()
        for seq in _events_with_payload(back):
            yield Finding("payload_back", "event", str(seq))


def _placed(found: verifier.Finding) -> Finding:
    if found.checkpoint is not None:
        return Finding(found.reason, "checkpoint", str(found.checkpoint))
    return Finding(found.reason, "event", str(found.seq) if found.seq is not None else "?")


def _as_of_one_instant() -> None:
    """Every statement sees the same state, where this is the transaction's first one."""
    with connection.cursor() as cursor:
        if not connection.savepoint_ids:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _checkpoints(stored: list[Checkpoint], foreign: list[str]) -> Iterator[Finding]:
    """Rows that say something else than their signed note, and notes whose row is gone."""
    for row in stored:
        if not _agrees(row):
            told = _size_of(row.note) or row.size
            yield Finding("checkpoint_altered", "checkpoint", str(told))
    sizes = {row.size for row in stored}
    for note in foreign:
        size = _size_of(note)
        if size is not None and size not in sizes:
            yield Finding("checkpoint_missing", "checkpoint", str(size))


def _agrees(row: Checkpoint) -> bool:
    try:
        signed = checkpoint.read_checkpoint(row.note)
        tree = checkpoint.CompactRange(row.size, [bytes.fromhex(each) for each in row.state])
    except (ValueError, TypeError):
        return False
    time_line = f"{checkpoints.TIME}{chain.instant(row.created_at)}"
    return (
        (signed.size, signed.root) == (row.size, bytes(row.root))
        and tree.root() == signed.root
        and time_line.encode() in signed.text.split(b"\n")
    )


def _size_of(note: str) -> int | None:
    try:
        return checkpoint.read_checkpoint(note).size
    except verifier.Unreadable:
        return None


def _texts(told: list[Line]) -> Iterator[Finding]:
    """Published texts are what was published, when it was, and not retired behind our backs."""
    published = {line["text"]: line for line in told if line["kind"] == EventKind.TEXT_PUBLISHED}
    retired = {line["text"]: line for line in told if line["kind"] == EventKind.TEXT_RETIRED}
    seen = set()
    for text in ConsentText.objects.exclude(status=TextStatus.DRAFT).select_related("controller"):
        line = published.get(text.sha256)
        seen.add(text.sha256)
        if (
            line is None
            or texts.digest(text) != text.sha256
            or texts.told(text) != line["details"]
            or _instant(text.published_at) != line["effective_at"]
            or (text.status == TextStatus.RETIRED) != (text.sha256 in retired)
            or _instant(text.retired_at) != retired.get(text.sha256, {}).get("effective_at")
        ):
            yield Finding("text_altered", "text", f"{text.code}/{text.language}/{text.version}")
    for digest, line in published.items():
        if digest not in seen:
            about = line["details"]
            which = f"{about['code']}/{about['language']}/{about['version']}"
            yield Finding("text_missing", "text", which)


def _suppressions(told: list[Line]) -> Iterator[Finding]:
    """Entries point to the events that opened and closed them, and every such event has one."""
    opened = {line["id"]: line for line in told if line["kind"] == EventKind.SUPPRESSED}
    lifted = {
        line["about"]: line["id"] for line in told if line["kind"] == EventKind.SUPPRESSION_LIFTED
    }
    for entry in SuppressionEntry.objects.order_by("pk").iterator(chunk_size=reading.AT_ONCE):
        line = opened.pop(str(entry.opened_id), None)
        payload = (line["payload"] if line else None) or {}
        if (
            line is None
            or {"list": entry.list, "channel": entry.channel} != line["details"]
            or payload.get("match_key", bytes(entry.match_key).hex())
            != bytes(entry.match_key).hex()
            or lifted.get(str(entry.opened_id))
            != (str(entry.closed_id) if entry.closed_id else None)
        ):
            yield Finding("suppression_altered", "suppression", str(entry.pk))
    for line in opened.values():
        yield Finding("suppression_missing", "event", str(line["seq"]))


def _evidence(erased: set[str]) -> Iterator[Finding]:
    """Files are what their hash says; what an event names is there, unless it was erased."""
    for evidence in Evidence.objects.filter(erased_at=None).order_by("pk").iterator():
        try:
            with evidence.file.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError):
            yield Finding("evidence_missing", "evidence", evidence.sha256)
            continue
        if digest != evidence.sha256:
            yield Finding("evidence_altered", "evidence", evidence.sha256)
    with connection.cursor() as cursor:
        cursor.execute(_NAMED_BUT_GONE)
        gone = dict.fromkeys(d for d, event in cursor.fetchall() if str(event) not in erased)
    for digest in gone:
        yield Finding("evidence_missing", "evidence", digest)


_NAMED_BUT_GONE = """
SELECT named.digest, event.public_id
FROM consent_ledgerevent event
CROSS JOIN LATERAL unnest(event.evidence) AS named(digest)
LEFT JOIN consent_evidence piece ON piece.sha256 = named.digest
WHERE piece.id IS NULL OR piece.erased_at IS NOT NULL
ORDER BY event.seq
"""


def _events_with_payload(public_ids: set[str]) -> list[int]:
    if not public_ids:
        return []
    rows = EventPayload.objects.filter(event__public_id__in=public_ids)
    return sorted(rows.values_list("event__seq", flat=True))


def _instant(at: datetime | None) -> str | None:
    return chain.instant(at) if at else None
