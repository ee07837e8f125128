"""The dossier of § 7a UWG: everything that proves consents to calls to one number."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consent import channels, references
from consent.desk import files, pictures, proofs, questions, receipts
from consent.desk.blocks import Block, Facts, Heading, Picture, Proof, Quote, Table, Text
from consent.desk.files import ConsentFile
from consent.desk.reports import Report
from consent.histories import Entry
from consent.models import ROOTS, ConsentText, Controller, Evidence, EvidenceKind, LedgerEvent
from contacts.models import ContactPoint, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit


@transaction.atomic
def make(*, actor: User | None, value: str, channel: str, at: datetime) -> Report:
    """The dossier of one number or address; that it was made is told in the audit log.

    Without an ``actor`` it is the operator at the machine, who sees everybody.

    :raises errors.NotPermitted: the role may not audit
    :raises errors.Invalid: the value cannot be read
    :raises questions.Unknown: nobody here has or had this value
    """
    if actor is not None:
        policy.require(actor, policy.Permission.CONSENT_AUDIT)
    held = [
        (person, point)
        for point in questions.points_of(value, channel)
        for person in questions.holders_of(point, user=actor)
    ]
    if not held:
        raise questions.Unknown(
            _("„%(value)s“ hat und hatte hier niemand, den Sie sehen dürfen.") % {"value": value},
            field="value",
        )
    shown = held[0][1].display
    blocks: list[Block] = [Facts(_about(shown, channel))]
    told, rows, events, made = [], [], [], []
    for person, point in held:
        found = _files(person, point, channel)
        blocks += _person_blocks(person, found)
        told.append(_person_data(person, found))
        rows += [row for file in found for row in _rows(person, file)]
        events += [event for file in found for event in file.events]
        made += [receipts.receipt(file) for file in found]
    audit.record(
        actor=actor,
        action="ledger.dossier-made",
        context={"channel": channel, "consents": len(made)},
        at=at,
    )
    return Report(
        name=f"dossier-{timezone.localdate(at):%Y-%m-%d}",
        title=_("Dossier nach § 7a UWG"),
        subtitle=_("Einwilligungen für %(channel)s an %(value)s")
        % {"channel": channels.label(channel), "value": shown},
        blocks=blocks,
        data={
            "value": shown,
            "channel": channel,
            "made_at": timezone.localtime(at).isoformat(),
            "persons": told,
        },
        head=[_("Person"), _("Ereignis"), _("Was"), _("Wirksam"), _("Erfasst"), _("Einzelheiten")],
        rows=rows,
        at=at,
        proof=proofs.bundle(events),
        receipts=made,
    )


def _files(person: Person, point: ContactPoint, channel: str) -> list[ConsentFile]:
    refs = references.subjects_of([person.pk]).get(person.pk, [])
    reference = references.points_of([point.pk]).get(point.pk)
    roots = LedgerEvent.objects.filter(
        person__in=refs, point=reference, kind__in=ROOTS, channels__contains=[channel]
    )
    return files.of(roots.order_by("seq"))


def _about(shown: str, channel: str) -> list[tuple[str, str]]:
    return [
        (_("Nummer oder Adresse"), shown),
        (_("Kanal"), channels.label(channel)),
        (
            _("Aufbewahrung"),
            _("fünf Jahre ab Erteilung und nach jeder Verwendung (§ 7a Abs. 2 UWG)"),
        ),
    ]


def _person_blocks(person: Person, found: Sequence[ConsentFile]) -> Iterable[Block]:
    yield Heading(person.full_name)
    places = [str(address) for address in person.addresses.filter(valid_to=None)]
    yield Facts([(_("Anschrift"), "; ".join(places) or _("keine hinterlegt"))])
    if not found:
        yield Text(_("Für diesen Kanal gibt es keine Erklärung dieser Person."))
    for file in found:
        yield from _file_blocks(file)


def _file_blocks(file: ConsentFile) -> Iterable[Block]:
    root = file.root
    yield Heading(_("Erklärung vom %(moment)s") % {"moment": _moment(root.effective_at)}, level=2)
    yield Facts(
        [
            (_("Was"), file.entry.title),
            (_("Kanäle"), ", ".join(channels.label(each) for each in root.channels)),
            (_("Zwecke"), ", ".join(channels.purpose(each) for each in root.purposes)),
            *_payload(root),
            (_("Gegenüber"), _controller(file.text)),
            (_("Entgegengenommen von"), str(root.actor) if root.actor else _("Installation")),
            (_("Erfasst"), _moment(root.recorded_at)),
            (_("Aufbewahren bis"), _day(file.keep_until)),
        ]
    )
    if file.text is not None:
        yield Text(
            _("Wortlaut „%(title)s“, Fassung %(version)s (%(form)s):")
            % {
                "title": file.text.title,
                "version": file.text.version,
                "form": file.text.get_form_display(),
            }
        )
        yield Quote(_as_shown(file, file.text))
        yield Proof(f"sha256 {file.text.sha256}")
    yield from _evidence(file)
    yield Table(
        [_("Nr."), _("Was folgte"), _("Wirksam"), _("Erfasst"), _("Einzelheiten")],
        [_cells(entry) for entry in (file.entry, *file.later)],
        (8, 24, 17, 17, 34),
    )
    for piece in file.evidence:
        yield from _pictured(piece)


def _as_shown(file: ConsentFile, text: ConsentText) -> str:
    """The wording; of a form with its heading and its boxes, as somebody left them."""
    logged = next((each for each in map(_form_log, file.evidence) if each), None)
    if logged is None:
        return text.body
    boxes = "\n".join(
        f"[{'X' if channel in logged['channels'] else ' '}] {channels.label(channel)}"
        for channel in text.channels
    )
    return f"{text.title}\n\n{text.body}\n\n{boxes}"


def _form_log(piece: Evidence) -> dict[str, Any] | None:
    if piece.kind != EvidenceKind.FORM_LOG or piece.erased_at is not None:
        return None
    try:
        with piece.file.open("rb") as file:
            told = json.load(file)
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) and isinstance(told.get("channels"), list) else None


def _pictured(piece: Evidence) -> Iterable[Block]:
    """The photograph or scan itself, if it is one."""
    if piece.media_type not in pictures.MEDIA_TYPES or piece.erased_at is not None:
        return
    name = piece.name or piece.get_kind_display()
    try:
        with piece.file.open("rb") as file:
            shown = pictures.printed(file.read())
    except (OSError, pictures.NotShown):
        yield Text(
            _("%(name)s lässt sich nicht abbilden: Die Datei fehlt oder ist beschädigt.")
            % {"name": name},
            is_faint=True,
        )
        return
    caption = _("%(name)s, verkleinert abgebildet. SHA-256 der Datei: %(digest)s")
    yield Picture(
        shown.jpeg, shown.width, shown.height, caption % {"name": name, "digest": piece.sha256}
    )


def _evidence(file: ConsentFile) -> Iterable[Block]:
    if not file.evidence and not file.lost:
        yield Text(_("Kein Nachweis hinterlegt."), is_faint=True)
        return
    yield Table(
        [_("Nachweis"), _("Stufe"), _("Prüfsumme (SHA-256)")],
        [
            *(
                [
                    f"{piece.get_kind_display()}{f': {piece.name}' if piece.name else ''}",
                    piece.grade,
                    piece.sha256,
                ]
                for piece in file.evidence
            ),
            *([_("gelöscht oder verloren"), "–", digest] for digest in file.lost),
        ],
        (36, 8, 56),
    )


def _cells(entry: Entry) -> list[str]:
    said = [f"„{entry.wording}“"] if entry.wording and entry.kind not in ROOTS else []
    details = " · ".join([*entry.facts, *said, *([entry.actor] if entry.actor else [])])
    return [
        str(entry.seq),
        entry.title,
        _moment(entry.effective_at),
        _moment(entry.recorded_at),
        details,
    ]


def _rows(person: Person, file: ConsentFile) -> Iterable[list[str]]:
    for entry in (file.entry, *file.later):
        seq, *rest = _cells(entry)
        yield [person.full_name, seq, *rest]


def _payload(root: LedgerEvent) -> list[tuple[str, str]]:
    payload = getattr(root, "payload", None)
    if payload is None:
        return [(_("Angaben"), _("gelöscht"))]
    names = {"name": _("Name"), "value": _("Kontaktweg"), "ip": _("IP-Adresse")}
    return [(names[key], str(payload.body[key])) for key in names if payload.body.get(key)]


def _person_data(person: Person, found: Iterable[ConsentFile]) -> dict[str, Any]:
    return {
        "name": person.full_name,
        "addresses": [str(address) for address in person.addresses.filter(valid_to=None)],
        "consents": [
            {
                "id": str(file.root.public_id),
                "keep_until": file.keep_until.isoformat(),
                "text": file.text.body if file.text else None,
                "text_sha256": file.root.text,
                "evidence": [
                    {"kind": piece.kind, "grade": piece.grade, "sha256": piece.sha256}
                    for piece in file.evidence
                ],
                "events": [
                    {
                        "seq": entry.seq,
                        "kind": entry.kind,
                        "title": entry.title,
                        "effective_at": entry.effective_at.isoformat(),
                        "recorded_at": entry.recorded_at.isoformat(),
                        "facts": list(entry.facts),
                        "wording": entry.wording,
                        "actor": entry.actor,
                    }
                    for entry in (file.entry, *file.later)
                ],
            }
            for file in found
        ],
    }


def _controller(text: ConsentText | None) -> str:
    if text is None:
        return _("nicht bekannt")
    firm: Controller = text.controller
    place = f"{firm.postal_code} {firm.city}".strip()
    return ", ".join(each for each in (firm.name, firm.street, place) if each)


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "d.m.Y, H:i:s")


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
