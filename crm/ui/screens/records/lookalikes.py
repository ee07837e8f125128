"""The panel beside a form: who in the stock looks like what is typed there."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.contact_points import Record
from contacts.duplicates import offering
from contacts.duplicates.offering import Hidden, Offered
from contacts.matching.signatures import Facts
from contacts.models import MatchingKind, Person
from crm.accounts.models import User
from crm.ui.screens.duplicates.reasons import reasons
from crm.ui.screens.duplicates.words import BANDS, Band
from crm.ui.screens.records import subject


@dataclass(frozen=True, slots=True)
class Row:
    """A suspect: what tells it apart, how strong the suspicion is, and why. ``place`` names the
    form that it stands beside."""

    record: Record
    url: str
    sub: str
    band: Band
    why: str
    place: str

    @property
    def key(self) -> str:
        """What a form names it by."""
        return str(self.record.public_id)

    @property
    def anchor(self) -> str:
        """Where it stands; its buttons begin their ids with that, so that the focus stays."""
        return f"aehnlich-{self.place}-{self.key}"


@dataclass(frozen=True, slots=True)
class Panel:
    """``apart`` are those of whom it was said that they are somebody else. ``marker`` is what a
    browser sends to say what it shows; ``announcement`` is read aloud."""

    rows: list[Row]
    apart: list[Record]
    hidden: str
    marker: str
    announcement: str
    has_input: bool
    is_person: bool


def panel(
    *,
    user: User,
    kind: str,
    facts: Facts,
    place: str,
    apart: Sequence[Record] = (),
    shown: str = "",
) -> Panel:
    """What the panel shows for these facts; ``shown`` is the marker of what it showed before."""
    found = offering.offer(
        user=user, record=facts, kind=kind, limit=offering.MOST_SHOWN + len(apart)
    )
    said = {record.pk for record in apart}
    rows = [_row(each, place) for each in found.suspects if each.record.pk not in said]
    hidden = _hidden(found.hidden)
    who = _digest([*(str(row.record.pk) for row in rows), hidden])
    has_input = facts != Facts(id=facts.id)
    everything = _digest(
        [*map(_text, rows), hidden, *(str(record.pk) for record in apart), str(has_input)]
    )
    before, _dot, _rest = shown.partition(".")
    return Panel(
        rows=rows,
        apart=list(apart),
        hidden=hidden,
        marker=f"{who}.{everything}",
        announcement="" if who == (before or _digest([""])) else _announcement(rows, hidden),
        has_input=has_input,
        is_person=kind == MatchingKind.PERSON,
    )


def _row(found: Offered, place: str) -> Row:
    return Row(
        record=found.record,
        url=subject.url_of(found.record),
        sub=sub_of(found.record),
        band=BANDS[found.band],
        why=reasons(found.explanation).sentence,
        place=place,
    )


def sub_of(record: Record) -> str:
    """``Leiter Technik, Havelberg Anlagenbau GmbH · 10997 Berlin``."""
    parts = []
    if isinstance(record, Person):
        current = next((each for each in record.employments.all() if not each.ended_on), None)
        parts.append(str(current) if current else "")
    address = next(iter(record.addresses.all()), None)
    parts.append(address.place if address else "")
    return " · ".join(part for part in parts if part)


def _hidden(hidden: Hidden | None) -> str:
    if hidden is None:
        return ""
    if hidden.ask is None:
        return _(
            "Es gibt einen ähnlichen Eintrag, den Sie nicht sehen dürfen. "
            "Fragen Sie Ihre Administration."
        )
    return _(
        "Es gibt einen ähnlichen Eintrag, den Sie nicht sehen dürfen. Fragen Sie %(name)s."
    ) % {"name": hidden.ask.full_name}


def _announcement(rows: Sequence[Row], hidden: str) -> str:
    if not rows:
        return hidden or _("Kein ähnlicher Eintrag mehr.")
    first = rows[0]
    count = ngettext(
        "Ein ähnlicher Eintrag: %(name)s, %(band)s.",
        "%(count)d ähnliche Einträge, am ähnlichsten %(name)s, %(band)s.",
        len(rows),
    ) % {"count": len(rows), "name": first.record.full_name, "band": first.band.label}
    return f"{count} {hidden}".strip()


def _text(row: Row) -> str:
    return f"{row.record.pk} {row.record.version} {row.band.code} {row.why}"


def _digest(texts: Sequence[str]) -> str:
    return blake2b("\n".join(texts).encode(), digest_size=8).hexdigest()
