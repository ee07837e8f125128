"""What is written into a line: the composer below the heading, and a correction."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consent import channels as consent_channels
from contacts.models import ContactPoint, ContactPointHolder, Person
from crm.kernel import errors
from crm.ui import forms as several
from crm.ui.access import Request
from history import categories
from history.activities import due
from history.attachments import Upload
from history.channels import TRAITS, Channel
from history.composing import Told
from history.lines import Owner, column_of
from history.models import Category, Opportunity, Outcome, Touchpoint

WRITTEN = (
    Channel.NOTE, Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.VISIT, Channel.VIDEO,
    Channel.CHAT, Channel.MESSENGER, Channel.SMS, Channel.FAX, Channel.SOCIAL,
)  # fmt: skip
PURPOSES = (
    "contract_info", "callback_requested", "appointment_confirm", "sales_call", "product_offer",
)  # fmt: skip
DIRECTIONS = [("OUT", _("von uns")), ("IN", _("von außen"))]


class Files(several.Files):
    """Any number of files."""

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """Their names and bytes; larger ones than can be kept are refused when they are kept."""
        found = super().clean(data, initial)
        return [Upload(name=each.name, content=each.read()) for each in found]


class ComposerForm(forms.Form):
    """What was, and what follows."""

    channel = forms.ChoiceField(label=_("Kanal"), widget=forms.RadioSelect)
    direction = forms.ChoiceField(
        label=_("Richtung"), choices=DIRECTIONS, widget=forms.RadioSelect, required=False
    )
    subject = forms.CharField(label=_("Betreff"), max_length=300, required=False)
    body = forms.CharField(
        label=_("Was war? Was folgt?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=20_000,
    )
    happened = forms.CharField(
        label=_("Wann"),
        required=False,
        help_text=_("leer: jetzt; sonst zum Beispiel 24.03.2026 14:30"),
    )
    contact_point = forms.ModelChoiceField(
        label=_("Kontaktweg"),
        queryset=ContactPoint.objects.none(),
        required=False,
        empty_label=_("ohne Angabe"),
    )
    purpose = forms.ChoiceField(label=_("Anlass"), required=False)
    outcome = forms.ChoiceField(label=_("Ergebnis"), choices=Outcome.choices, required=False)
    category = forms.ModelChoiceField(
        label=_("Kategorie"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=_("ohne Angabe"),
    )
    opportunity = forms.ModelChoiceField(
        label=_("Verkaufschance"),
        queryset=Opportunity.objects.none(),
        required=False,
        empty_label=_("keine"),
    )
    follow_up = forms.CharField(
        label=_("Wiedervorlage"),
        required=False,
        max_length=40,
        help_text=_("zum Beispiel 14, 2w, morgen, 24.03."),
    )
    promised = forms.CharField(label=_("Zugesagt"), required=False, max_length=300)
    promised_until = forms.CharField(label=_("Zugesagt bis"), required=False, max_length=40)
    attached = Files(label=_("Dateien"), required=False)

    def __init__(self, *args: Any, request: Request, owner: Owner, at: datetime) -> None:
        super().__init__(*args)
        self.auto_id = "neu-%s"
        self.owner, self.at = owner, at
        own: dict[str, Any] = dict(self.fields)
        own["channel"].choices = [(each, each.label) for each in WRITTEN]
        own["channel"].initial = Channel.NOTE
        own["direction"].initial = "OUT"
        none = [("", _("ohne Angabe"))]
        own["purpose"].choices = none + [
            (code, consent_channels.purpose(code)) for code in PURPOSES
        ]
        own["category"].queryset = categories.choosable()
        self._choose_points(own)
        self._choose_deals(own, request)

    def _choose_points(self, own: dict[str, Any]) -> None:
        if isinstance(self.owner, Opportunity):
            del self.fields["contact_point"]
        else:
            held = ContactPointHolder.objects.filter(**{column_of(self.owner): self.owner})
            own["contact_point"].queryset = ContactPoint.objects.filter(
                holders__in=held.filter(status="ACTIVE")
            )
        if not isinstance(self.owner, Person):
            del self.fields["purpose"]

    def _choose_deals(self, own: dict[str, Any], request: Request) -> None:
        if isinstance(self.owner, Opportunity):
            del self.fields["opportunity"]
            return
        seen = Opportunity.objects.visible_to(request.user).filter(state="OPEN")
        column = column_of(self.owner)
        theirs = Q(**{column: self.owner}) | Q(**{f"stakeholders__{column}": self.owner})
        own["opportunity"].queryset = seen.filter(theirs).distinct()

    def told(self, data: dict[str, Any]) -> Told:
        """What the form says.

        :raises errors.Invalid: a time cannot be read
        """
        channel = data["channel"]
        is_note = channel == Channel.NOTE
        until = data["promised_until"].strip()
        return Told(
            channel=channel,
            direction="" if is_note else data["direction"] or "OUT",
            happened_at=moment(data["happened"], at=self.at),
            subject=data["subject"],
            body=data["body"],
            outcome=data["outcome"],
            category=data["category"],
            opportunity=data.get("opportunity"),
            contact_point=self._point(channel, data),
            purpose="" if is_note else data.get("purpose", ""),
            follow_up=data["follow_up"].strip(),
            promised=data["promised"].strip(),
            promised_until=due.of(until, at=self.at, field="promised_until").at if until else None,
            files=data["attached"],
        )

    def _point(self, channel: str, data: dict[str, Any]) -> ContactPoint | None:
        point: ContactPoint | None = data.get("contact_point")
        if point and point.kind not in TRAITS[channel].kinds:
            words = {"channel": Channel(channel).label, "point": point.display}
            sentence = _("%(channel)s geht nicht über %(point)s.") % words
            raise errors.Invalid({"contact_point": [str(sentence)]})
        return point


class CorrectionForm(forms.Form):
    """What can be put right."""

    subject = forms.CharField(label=_("Betreff"), max_length=300, required=False)
    body = forms.CharField(
        label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000
    )
    outcome = forms.ChoiceField(label=_("Ergebnis"), choices=Outcome.choices, required=False)
    category = forms.ModelChoiceField(
        label=_("Kategorie"),
        queryset=categories.choosable(),
        required=False,
    )

    def __init__(self, data: Any, *, touchpoint: Touchpoint) -> None:
        names = ("subject", "body", "outcome", "category")
        super().__init__(data, initial={name: getattr(touchpoint, name) for name in names})


def moment(text: str, *, at: datetime) -> datetime:
    """A day and hour as people write them; empty is now.

    :raises errors.Invalid: for field ``happened``
    """
    words = " ".join(text.split())
    if not words:
        return at
    for pattern in ("%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M", "%d.%m.%Y", "%Y-%m-%dT%H:%M"):
        try:
            read = datetime.strptime(words, pattern)  # noqa: DTZ007 - made aware below
        except ValueError:
            continue
        return timezone.make_aware(read)
    raise errors.Invalid(
        {"happened": [str(_("Bitte schreiben Sie Tag und Uhrzeit wie 24.03.2026 14:30."))]}
    )
