"""A lead as its page shows it: the slip, what it became, and what may be decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import channels, lights
from consent.lights import Light
from contacts.duplicates.offering import Hidden
from contacts.models import Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.ui.screens.duplicates.reasons import reasons
from crm.ui.screens.duplicates.words import BANDS, Band
from crm.ui.screens.records.lookalikes import sub_of
from history.fairs import promises, proposing, suspects
from history.models import OPEN_LEADS, LeadCapture, LeadFile, LeadOptIn

LABELS: Final[Mapping[str, str | Promise]] = {
    "name": gettext_lazy("Name"),
    "company_name": gettext_lazy("Firma"),
    "function": gettext_lazy("Funktion"),
    "email": gettext_lazy("E-Mail"),
    "phone": gettext_lazy("Telefon"),
    "mobile": gettext_lazy("Mobil"),
}
ORIGINS: Final[Mapping[str, str | Promise]] = {
    "qr": gettext_lazy("aus dem QR-Code"),
    "card": gettext_lazy("von der Visitenkarte"),
    "spoken": gettext_lazy("diktiert"),
}
SURE: Final = 0.9


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the slip and where it came from (empty: typed)."""

    label: str | Promise
    value: str
    origin: str | Promise


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the card says about a field that stands differently on the slip."""

    field: str
    label: str | Promise
    value: str
    percent: float
    is_sure: bool
    current: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the visitor said to a channel, and what the gate would say now."""

    opt_in: LeadOptIn
    channel: str
    light: Light | None


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A known person who may be the visitor, and why."""

    person: Person
    sub: str
    why: str
    band: Band


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the page needs; ``hidden`` says that somebody alike may not be seen."""

    lines: list[Line]
    answers: list[tuple[str, list[str]]]
    files: list[LeadFile]
    suggestions: list[Suggestion]
    said: list[Said]
    lookalikes: list[Lookalike]
    hidden: Hidden | None
    person_is_seen: bool
    company_is_seen: bool
    deal_is_seen: bool
    kept_at: datetime | None
    is_overdue: bool
    may_record: bool
    may_merge: bool
    is_open: bool


def of(lead: LeadCapture, *, user: User, at: datetime) -> Shown:
    """Read it for the user."""
    person = lead.person
    sees = person is not None and _sees(person, user)
    files = list(lead.files.select_related("stored"))
    is_open = lead.state in OPEN_LEADS
    offered = suspects.offer(user=user, lead=lead) if is_open else None
    timed = promises.judged(LeadCapture.objects.filter(pk=lead.pk), at=at).get()
    return Shown(
        lines=_lines(lead),
        answers=proposing.answers_in_words(lead),
        files=files,
        suggestions=_suggestions(lead, files) if is_open else [],
        said=_said(lead, at=at),
        lookalikes=[
            Lookalike(
                each.record, sub_of(each.record), reasons(each.explanation).sentence,
                BANDS[each.band],
            )
            for each in (offered.suspects if offered else [])
            if isinstance(each.record, Person)
        ],
        hidden=offered.hidden if offered else None,
        person_is_seen=sees,
        company_is_seen=lead.company is not None and _sees(lead.company, user),
        deal_is_seen=lead.opportunity is not None and _sees(lead.opportunity, user),
        kept_at=timed.kept_at,
        is_overdue=timed.is_overdue,
        may_record=bool(policy.may(user, Permission.HISTORY_RECORD)),
        may_merge=bool(policy.may(user, Permission.CONTACTS_MERGE)) and sees,
        is_open=is_open,
    )  # fmt: skip


def suggestion_of(lead: LeadCapture, field: str) -> str:
    """What the card says about the field, empty if nothing."""
    for each in _suggestions(lead, list(lead.files.all())):
        if each.field == field:
            return each.value
    return ""


def _lines(lead: LeadCapture) -> list[Line]:
    return [
        Line(label, getattr(lead, name), ORIGINS.get(str(lead.origins.get(name, "")), ""))
        for name, label in LABELS.items()
    ]


def _suggestions(lead: LeadCapture, files: list[LeadFile]) -> list[Suggestion]:
    """The first value for each field that the slip does not have already."""
    found: dict[str, Suggestion] = {}
    for file in files:
        for each in file.recognised.get("fields", []):
            name, value = str(each.get("field", "")), str(each.get("value", "")).strip()
            if name in LABELS and value and value != getattr(lead, name) and name not in found:
                sure = float(each.get("confidence") or 0)
                sure = sure / 100 if sure > 1 else sure
                found[name] = Suggestion(
                    name, LABELS[name], value, sure, sure >= SURE, getattr(lead, name)
                )
    return list(found.values())


def _said(lead: LeadCapture, *, at: datetime) -> list[Said]:
    rows = list(lead.opt_ins.select_related("text").order_by("text", "channel", "pk"))
    if not rows:
        return []
    known: dict[str, Light] = {}
    if lead.person is not None:
        ways = lights.of(lead.person, at=at, controller=lead.event.controller)
        for way in ways.values():
            for light in way.advertising:
                known.setdefault(light.channel, light)
    return [Said(each, channels.label(each.channel), known.get(each.channel)) for each in rows]


def _sees(record: Any, user: User) -> bool:
    seen: Any = type(record).objects.visible_to(user)
    return bool(seen.filter(pk=record.pk).exists())


def recorded_by(lead: LeadCapture) -> str:
    """Who captured it, on what."""
    if lead.device is None:
        return str(lead.captured_by)
    return _("%(who)s, %(device)s") % {"who": lead.captured_by, "device": lead.device}
