"""What colleagues fill in: one form for each way in which somebody consents, one for the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import capturing, channels, controllers, standing, texts
from consent.capturing import Attachment, Declared
from consent.decision.codes import PURPOSES, Channel, PurposeClass
from consent.models import ConsentText, TextForm, TextStatus
from consent.optin.requests import Wish
from contacts import contact_points
from contacts.models import ContactPoint, ContactPointStatus, Criterion, Person

MOMENT: Final = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Way:
    """How a consent comes in: the form of its text, what the tab says."""

    code: str
    label: str | Promise
    icon: str
    form: TextForm


WAYS: Final = {
    way.code: way
    for way in (
        Way("papier", gettext_lazy("Auf Papier"), "note", TextForm.PAPER),
        Way("telefon", gettext_lazy("Am Telefon"), "phone", TextForm.SPOKEN),
        Way("messe", gettext_lazy("Auf der Messe"), "fair", TextForm.FAIR),
        Way("formular", gettext_lazy("Bestätigung anfordern"), "mail", TextForm.WEB_FORM),
    )
}
VIA_LABELS: Final[dict[str, str | Promise]] = {
    "phone": gettext_lazy("am Telefon"),
    "email": gettext_lazy("per E‑Mail"),
    "letter": gettext_lazy("per Brief"),
    "sms": gettext_lazy("per SMS"),
    "in_person": gettext_lazy("persönlich"),
    "other": gettext_lazy("auf anderem Weg"),
}
ANSWERS: Final = (("yes", gettext_lazy("Ja")), ("no", gettext_lazy("Nein")))
DIRECTIONS: Final = (
    ("oral_inbound", gettext_lazy("Anruf bei uns")),
    ("oral_outbound", gettext_lazy("Anruf von uns")),
)
CUSTOMER: Final = (
    ("no", gettext_lazy("nicht gefragt oder Nein")),
    ("yes_before", gettext_lazy("Ja gesagt, vor Beginn")),
    ("key_press", gettext_lazy("Taste gedrückt")),
    ("silent_after_announcement", gettext_lazy("nach der Ansage geschwiegen")),
)


class MomentField(forms.DateTimeField):
    """Day and time in the installation's zone."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"})
        super().__init__(widget=widget, input_formats=[MOMENT, "%d.%m.%Y %H:%M"], **kwargs)


class _WaysForm(forms.Form):
    """A text, and the ways that were ticked.

    With a ``criterion`` the texts are those that name it, and criteria are ticked instead of ways.
    """

    text = forms.ChoiceField(label=gettext_lazy("Text"), widget=forms.RadioSelect)
    ways = forms.MultipleChoiceField(
        label=gettext_lazy("Für diese Wege"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        way: Way,
        criterion: Criterion | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.way, self.criterion = way, criterion
        self.texts = {str(text.public_id): text for text in texts_for(way, criterion=criterion)}
        self.points = {str(point.public_id): point for point in _points(person)}
        choice: Any = self.fields["text"]
        choice.choices = [(key, text.title) for key, text in self.texts.items()]
        if len(self.texts) == 1:
            choice.initial = next(iter(self.texts))
        self.fields["text"].error_messages["required"] = _("Bitte wählen Sie den Text.")
        if criterion is not None:
            del self.fields["ways"]
            self.fields["criteria"] = _criteria_field(self.texts.values(), chosen=criterion)
            return
        ticks: Any = self.fields["ways"]
        ticks.choices = _choices(self.points, self.texts.values())
        self.fields["ways"].error_messages["required"] = _("Bitte wählen Sie mindestens einen Weg.")

    @property
    def chosen_text(self) -> ConsentText:
        """The text of a valid form."""
        return self.texts[self.cleaned_data["text"]]

    @property
    def wishes(self) -> list[Wish]:
        """What was ticked, by contact point."""
        ticked: dict[str, list[str]] = {}
        for each in self.cleaned_data.get("ways", ()):
            point, _colon, channel = each.partition(":")
            ticked.setdefault(point, []).append(channel)
        return [Wish(self.points[point], named) for point, named in ticked.items()]


class DeclaredForm(_WaysForm):
    """What was declared on paper, on the phone or at a fair."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Antwort"), choices=ANSWERS, initial="yes", widget=forms.RadioSelect
    )
    declared_at = MomentField(label=gettext_lazy("Wann erklärt"))
    proof = forms.FileField(label=gettext_lazy("Foto oder Scan"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Vermerk"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["declared_at"].initial = timezone.localtime(now).replace(second=0)
        files = "image/jpeg,image/png,image/webp,application/pdf"
        if self.way.form == TextForm.SPOKEN:
            self._make_spoken()
            files = "audio/mpeg,audio/ogg,audio/wav"
        self.fields["proof"].widget.attrs["accept"] = files
        if self.way.form == TextForm.PAPER:
            self.fields["proof"].required = True
            self.fields["proof"].widget.attrs["capture"] = "environment"
            self.fields["proof"].error_messages["required"] = _(
                "Bitte fügen Sie ein Foto oder einen Scan des Zettels hinzu."
            )

    def _make_spoken(self) -> None:
        self.fields["direction"] = forms.ChoiceField(
            label=_("Wer hat angerufen"), choices=DIRECTIONS, widget=forms.RadioSelect
        )
        self.fields["customer"] = forms.ChoiceField(
            label=_("Ja zur Aufzeichnung"),
            choices=CUSTOMER,
            initial="no",
            help_text=_("Eine eigene Frage, vor Beginn. Ein Nein beendet das Gespräch nicht."),
        )
        self.fields["agent"] = forms.BooleanField(
            label=_("Ich bin mit der Aufzeichnung auch einverstanden"), required=False
        )
        self.fields["proof"].label = _("Aufnahme")
        self.fields["send_to"] = forms.ChoiceField(
            label=_("Schriftliche Bestätigung senden"),
            required=False,
            choices=[("", _("nicht senden")), *_mailboxes(self.points)],
        )

    def declared(self) -> Declared:
        """What the domain is told."""
        data = self.cleaned_data
        methods = {TextForm.PAPER: "paper", TextForm.FAIR: "fair"}
        return Declared(
            text=self.chosen_text,
            wishes=self.wishes,
            criteria=data.get("criteria", ()),
            method=data.get("direction") or methods[self.way.form],
            declared_at=data["declared_at"],
            is_yes=data["answer"] == "yes",
            proof=_attachment(data["proof"]),
            note=data["note"],
            agent="agreed" if data.get("agent") else "no",
            customer=data.get("customer") or "no",
        )

    @property
    def confirmed_to(self) -> ContactPoint | None:
        """The mailbox for a confirmation in writing, if one was chosen."""
        chosen = self.cleaned_data.get("send_to")
        return self.points[chosen] if chosen else None


class RequestForm(_WaysForm):
    """A double opt-in that somebody asked for."""


class EndForm(forms.Form):
    """A withdrawal or an objection: when it came, how, with which words."""

    what = forms.MultipleChoiceField(
        label=gettext_lazy("Was widerrufen wurde"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    objection = forms.ChoiceField(
        label=gettext_lazy("Widerspruch"),
        required=False,
        help_text=gettext_lazy(
            "Wenn unklar ist, was gemeint ist: gegen alle Werbung. Das lässt sich später klären."
        ),
    )
    received_at = MomentField(label=gettext_lazy("Eingegangen"))
    via = forms.ChoiceField(label=gettext_lazy("Wie es kam"), choices=list(VIA_LABELS.items()))
    wording = forms.CharField(
        label=gettext_lazy("Wortlaut"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, person: Person, now: datetime, consent: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.points = {str(point.public_id): point for point in _points(person)}
        what: Any = self.fields["what"]
        lines = standing.of(person, at=now)
        what.choices = [(line.key, _described(line)) for line in lines]
        what.initial = [line.key for line in lines if str(line.consent.public_id) == consent]
        objection: Any = self.fields["objection"]
        objection.choices = _objections(self.points)
        self.fields["received_at"].initial = timezone.localtime(now).replace(second=0)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("what") and not data.get("objection"):
            self.add_error(
                "what", _("Bitte wählen Sie, was widerrufen oder wem widersprochen wurde.")
            )
        return data

    @property
    def objected(self) -> dict[str, Any]:
        """Scope, value and contact point of the objection; empty without one."""
        scope, _colon, value = self.cleaned_data["objection"].partition(":")
        if not scope:
            return {}
        if scope == "cp":
            return {"scope": scope, "point": self.points[value]}
        return {"scope": scope, "value": value}


def ways_of(criterion: Criterion | None) -> dict[str, Way]:
    """How a consent can come in, by code; to keep an answer only with the best proof."""
    if criterion is None:
        return WAYS
    return {code: way for code, way in WAYS.items() if way.form in texts.FORMS_OF_CRITERIA}


def texts_for(way: Way, *, criterion: Criterion | None = None) -> list[ConsentText]:
    """The published texts of this form, in German first: those about contact, or about keeping
    the answer to the criterion."""
    if criterion is not None:
        named = texts.naming([criterion])[criterion.code]
        return [text for text in named if text.form == way.form]
    rows = ConsentText.objects.filter(
        criteria=[], status=TextStatus.PUBLISHED, form=way.form, controller__in=controllers.active()
    )
    return list(rows.select_related("controller").order_by("language", "title"))


def _points(person: Person) -> list[ContactPoint]:
    held = contact_points.held_by(person).filter(status=ContactPointStatus.ACTIVE)
    found = [holder.contact_point for holder in held]
    places = person.addresses.filter(valid_to=None).select_related("contact_point")
    return [*found, *(place.contact_point for place in places if place.contact_point)]


def _criteria_field(named_by: Iterable[ConsentText], *, chosen: Criterion) -> forms.Field:
    codes = {code for text in named_by for code in text.criteria}
    rows = Criterion.objects.filter(code__in=codes, is_active=True)
    return forms.MultipleChoiceField(
        label=_("Für diese Angaben"),
        choices=list(rows.values_list("code", "label")),
        initial=[chosen.code],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eine Angabe.")},
    )


def _choices(
    points: dict[str, ContactPoint], offered: Iterable[ConsentText]
) -> list[tuple[str, str]]:
    named = {channel for text in offered for channel in text.channels}
    return [
        (f"{key}:{channel}", f"{channels.label(channel)} · {point.display}")
        for key, point in points.items()
        for channel in channels.of(point.kind)
        if channel in named
    ]


def _mailboxes(points: dict[str, ContactPoint]) -> list[tuple[str, str]]:
    return [(key, point.display) for key, point in points.items() if point.kind == "EMAIL"]


def _objections(points: dict[str, ContactPoint]) -> list[tuple[str, Any]]:
    usual = (Channel.EMAIL, Channel.PHONE, Channel.SMS, Channel.POST)
    purposes = [code for code, kind in PURPOSES.items() if kind == PurposeClass.MARKETING]
    return [
        ("", _("kein Widerspruch")),
        ("marketing_all", _("gegen alle Werbung")),
        (_("nur auf einem Kanal"), [(f"channel:{each}", channels.label(each)) for each in usual]),
        (
            _("nur über einen Kontaktweg"),
            [(f"cp:{key}", point.display) for key, point in points.items()],
        ),
        (
            _("nur zu einem Zweck"),
            [(f"purpose:{code}", channels.purpose(code)) for code in purposes],
        ),
    ]


def _described(line: standing.Line) -> str:
    value = line.point.display if line.point else ""
    return " · ".join(filter(None, (line.label, value, line.purpose_labels)))


def _attachment(file: UploadedFile | None) -> Attachment | None:
    if file is None:
        return None
    return Attachment(content=file.read(), media_type=file.content_type or "", name=file.name or "")


assert set(VIA_LABELS) == set(capturing.VIA)
