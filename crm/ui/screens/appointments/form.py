"""What an agent fills in during the call. Nothing is lost when the page is drawn anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from consent.models import SkipReason
from crm.kernel import clock
from history.models import AppointmentChannel, AppointmentKind

LANGUAGES = (("de", _("Deutsch")), ("plain", _("einfach")), ("en", "English"))
LONGEST_CALL = timedelta(hours=8)
NEW = "new"


class CallForm(forms.Form):
    """The fields of the three columns; choices that depend on others are checked by the domain."""

    name = forms.CharField(label=_("Name"), max_length=300, required=False)
    company = forms.CharField(label=_("Firma"), max_length=200, required=False)
    number = forms.CharField(
        label=_("Rufnummer"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    person = forms.CharField(max_length=40, required=False)
    is_too_young = forms.BooleanField(label=_("ist noch keine 16 Jahre alt"), required=False)
    kind = forms.CharField(label=_("Zweck"), max_length=40, required=False)
    employee = forms.CharField(label=_("Mit wem"), max_length=40, required=False)
    starts_at = forms.CharField(max_length=100, required=False)
    place = forms.CharField(
        label=_("Ort"),
        max_length=200,
        required=False,
        help_text=_("Leer: wie es bei diesem Zweck üblich ist."),
    )
    note = forms.CharField(
        label=_("Notiz"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    channel = forms.CharField(max_length=60, required=False)
    email = forms.CharField(
        label=_("E‑Mail"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"type": "email"}),
    )
    language = forms.ChoiceField(label=_("Sprache"), choices=LANGUAGES, required=False)
    notice = forms.CharField(max_length=10, required=False)
    notice_version = forms.CharField(max_length=40, required=False)
    notice_person = forms.CharField(max_length=40, required=False)
    seconds = forms.IntegerField(min_value=0, max_value=3600, required=False)
    reason = forms.ChoiceField(
        label=_("Warum nicht?"),
        choices=[("", "–"), *((code, text) for code, text in SkipReason.choices if code)],
        required=False,
    )
    reason_note = forms.CharField(label=_("Dazu"), max_length=300, required=False)
    street = forms.CharField(label=_("Straße und Hausnummer"), max_length=200, required=False)
    postal_code = forms.CharField(label=_("Postleitzahl"), max_length=12, required=False)
    city = forms.CharField(label=_("Ort"), max_length=150, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "call-%s", **options})


@dataclass(frozen=True, slots=True)
class Chosen:
    """What hangs on choices: read from the fields as they stand, complete or not."""

    person: UUID | None
    is_new: bool
    kind: UUID | None
    employee: UUID | None
    monday: date
    has_week: bool
    slot: str
    began_at: datetime
    call: UUID | None


def chosen(fields: Mapping[str, Any], *, at: datetime) -> Chosen:
    """Read them; what cannot be read was not chosen."""
    return Chosen(
        person=_uuid(fields.get("person")),
        is_new=fields.get("person") == NEW,
        kind=_uuid(fields.get("kind")),
        employee=_uuid(fields.get("employee")),
        monday=_monday(str(fields.get("week") or fields.get("week_now") or "")),
        has_week=bool(fields.get("week") or fields.get("week_now")),
        slot=str(fields.get("starts_at") or "")[:100],
        began_at=_began(str(fields.get("began_at") or ""), at=at),
        call=_uuid(fields.get("call")),
    )


def slot_of(text: str) -> tuple[datetime | None, UUID | None]:
    """When and with whom: ``2026-03-19T10:00:00+01:00|<id>``."""
    moment, _bar, employee = text.partition("|")
    return _moment(moment), _uuid(employee)


def channel_of(text: str) -> tuple[str, UUID | None]:
    """On what way, over which known contact point: ``EMAIL`` or ``EMAIL|<id>``."""
    channel, _bar, point = text.partition("|")
    known = channel in AppointmentChannel.values
    return (channel if known else AppointmentChannel.NONE.value), _uuid(point)


def kind_among(kinds: list[AppointmentKind], wanted: UUID | None) -> AppointmentKind | None:
    """The kind that was chosen, else the first."""
    return next((each for each in kinds if each.public_id == wanted), kinds[0] if kinds else None)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo and 1900 < found.year < 2200 else None


def _monday(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = clock.today()
    if not clock.today() - timedelta(days=7) <= day <= clock.today() + timedelta(days=380):
        day = clock.today()
    return day - timedelta(days=day.weekday())


def _began(text: str, *, at: datetime) -> datetime:
    found = _moment(text)
    return found if found and at - LONGEST_CALL <= found <= at else at


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value or ""))
    except ValueError:
        return None
