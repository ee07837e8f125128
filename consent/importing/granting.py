"""Rows that tell of a consent: whose it is, what it covers, and what its proof lacks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from consent import channels, consents, recording, references
from consent.decision import codes
from consent.importing import cells, proofs
from consent.importing.cells import Row, Unreadable
from consent.importing.proofs import Proofs
from consent.models import ConsentText, Controller, Evidence, TextStatus
from contacts.contact_points import Reading
from contacts.models import ContactPoint, ContactPointHolder, Person

METHODS = ("web_form", "paper", "oral_inbound", "oral_outbound", "fair")
_NUMBERS = ("PHONE", "MOBILE", "FAX")
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class _Held:
    """A contact point and whose it is, as far as that is one person."""

    point: ContactPoint
    persons: list[Person]


class Granting:
    """Makes events of a file's consents for a controller: ``drafts``, to be recorded late, for
    then nobody else writes into the ledger.

    ``stored`` are the pieces of proof that were kept meanwhile. Who holds the contact points is
    asked once a thousand rows, each text once.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        *,
        controller: Controller,
        proof: Proofs | None,
        file: str,
        at: datetime,
    ) -> None:
        self._controller, self._proof, self._file, self._at = controller, proof, file, at
        self._held = _held(rows)
        self._texts: dict[str, ConsentText | None] = {}
        self.drafts: list[recording.Draft] = []
        self.stored: list[Evidence] = []

    def grant(self, row: Row) -> list[str]:
        """Draft the consent of a row; returns what its proof lacks: then it is disputed.

        :raises cells.Unreadable: the row says nothing that could be recorded
        :raises errors.DomainError: the consent is refused
        """
        point, person = self._holder(cells.reading(row.cells["value"]))
        named = cells.codes(row, "channels", {str(each) for each in codes.Channel})
        for channel in named:
            if not channels.fits(channel, point.kind):
                raise Unreadable("channels", _("%(channel)s geht nicht über %(value)s.") % {
                    "channel": channels.label(channel), "value": point.display,
                })  # fmt: skip
        purposes = cells.codes(row, "purposes", set(codes.PURPOSES))
        given = row.cells["granted_at"]
        when = cells.moment(given, "granted_at") if given else None
        if when is not None and when > self._at:
            raise Unreadable("granted_at", _("Dieser Zeitpunkt liegt in der Zukunft."))
        text = self._text(row.cells["text"])
        lacking = _lacking(row, when, text, fits=_fits(text, named, purposes, when))
        piece = proofs.store(row, self._proof, file=self._file, at=self._at)
        self.stored.append(piece)
        declaration = consents.Declaration(
            person=person,
            point=point,
            controller=self._controller,
            channels=named,
            purposes=purposes,
            method="import",
            declared_at=when or self._at,
            text=None if lacking else text,
            evidence=[piece],
            flaws={"lacking": lacking} if lacking else {},
            payload={name: row.cells[name] for name in ("source", "method", "text")},
        )
        self.drafts.append(consents.to_grant(declaration))
        return lacking

    def _holder(self, reading: Reading) -> tuple[ContactPoint, Person]:
        held = self._held.get((_kinds(reading.kind), reading.normalised))
        if held is None or not held.persons:
            raise Unreadable(
                "value", _("Niemand hat diesen Kontaktweg. Bitte legen Sie ihn zuerst an.")
            )
        if len(held.persons) > 1:
            raise Unreadable(
                "value",
                _(
                    "Mehrere Personen teilen diesen Kontaktweg. Bitte erfassen Sie die "
                    "Einwilligung einzeln."
                ),
            )
        return held.point, held.persons[0]

    def _text(self, reference: str) -> ConsentText | None:
        if reference not in self._texts:
            self._texts[reference] = _text(reference, self._controller)
        return self._texts[reference]


def _lacking(row: Row, when: datetime | None, text: ConsentText | None, *, fits: bool) -> list[str]:
    """Columns without which a consent is not proven."""
    is_there = {
        "granted_at": when is not None,
        "method": row.cells["method"] in METHODS,
        "text": text is not None and fits,
        "evidence": bool(row.cells["evidence"]),
    }
    return [name for name, found in is_there.items() if not found]


def told(lacking: Sequence[str]) -> tuple[str, str]:
    """In which column to look, and what is missing in words."""
    words = {
        "granted_at": _("wann sie erteilt wurde"),
        "method": _("wie sie erteilt wurde (%(codes)s)") % {"codes": ", ".join(METHODS)},
        "text": _("die Textfassung, die damals galt (Kürzel/Fassung)"),
        "evidence": _("ein Nachweis"),
    }
    lacks = "; ".join(words[name] for name in lacking)
    sentence = _("Nicht verwendbar, es fehlt: %(what)s. Bitte ergänzen und noch einmal einlesen.")
    return lacking[0], sentence % {"what": lacks}


def _held(rows: Iterable[Row]) -> Mapping[tuple[tuple[str, ...], str], _Held]:
    """By kinds and value: the first contact point of it, and up to two who hold it."""
    wanted: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        try:
            reading = cells.reading(row.cells["value"])
        except Unreadable:  # it is told when the row is its turn
            continue
        wanted.setdefault(_kinds(reading.kind), set()).add(reading.normalised)
    found: dict[tuple[tuple[str, ...], str], _Held] = {}
    for kinds, values in wanted.items():
        ordered = sorted(values)
        for at in range(0, len(ordered), _BATCH):
            some = ordered[at : at + _BATCH]
            points = ContactPoint.objects.filter(kind__in=kinds, normalised__in=some)
            first = {each.normalised: each for each in points.order_by("-pk")}
            holders = ContactPointHolder.objects.filter(
                contact_point__in=first.values(), person__isnull=False
            ).order_by("pk")
            persons: dict[int, list[Person]] = {}
            for holder in holders.select_related("person"):
                if holder.person is not None:
                    persons.setdefault(holder.contact_point_id, []).append(holder.person)
            held = [value for value, point in first.items() if len(persons.get(point.pk, ())) == 1]
            references.make_for(
                persons=[persons[first[value].pk][0].pk for value in held],
                points=[first[value].pk for value in held],
            )
            found |= {
                (kinds, value): _Held(point, persons.get(point.pk, []))
                for value, point in first.items()
            }
    return found


def _kinds(kind: str) -> tuple[str, ...]:
    return ("EMAIL",) if kind == "EMAIL" else _NUMBERS


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
    text: ConsentText | None,
    named: Sequence[str],
    purposes: Sequence[str],
    when: datetime | None,
) -> bool:
    if text is None:
        return False
    is_later = when is not None and text.published_at is not None and text.published_at > when
    return not is_later and set(named) <= set(text.channels) and set(purposes) <= set(text.purposes)
