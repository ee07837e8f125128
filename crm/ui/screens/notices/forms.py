"""Forms of the configuration of notices; what is missing is judged by the domain."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from consent.models import Controller, NoticeProfile, NoticePurpose, NoticeRecipient
from consent.notices import configuring
from consent.notices.configuring import INTEGRATIONS
from consent.notices.rules import facts, wording
from consent.retention import rules

PERIODS = 5  # rows for storage periods
Choices = list[tuple[str, str]]


def words_of(table: str, codes: Iterable[str]) -> Callable[[], Choices]:
    """Codes with what notices call them, in the language of the screen."""

    def choices() -> Choices:
        words = getattr(wording.WORDS["en" if get_language() == "en" else "de"], table)
        return [(code, words[code]) for code in codes]

    return choices


def maybe(choices: Callable[[], Choices]) -> Callable[[], Choices]:
    """The same with nothing chosen in front."""
    return lambda: [("", "–"), *choices()]


_PLAIN = ("legal_bases", "interests", "sources", "obligation", "is_automated")


class Ticks(forms.MultipleChoiceField):
    """Several of few."""

    widget = forms.CheckboxSelectMultiple


class ControllerForm(forms.Form):
    """What is told of a controller."""

    name = forms.CharField(label=_("Firma"), max_length=200)
    street = forms.CharField(label=_("Straße"), max_length=200, required=False)
    postal_code = forms.CharField(label=_("PLZ"), max_length=12, required=False)
    city = forms.CharField(label=_("Ort"), max_length=150, required=False)
    email = forms.EmailField(label=_("E-Mail"), required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=60, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    representative = forms.CharField(label=_("Vertreten durch"), max_length=200, required=False)
    privacy_officer = forms.CharField(
        label=_("Datenschutzbeauftragte Person"), max_length=200, required=False
    )
    privacy_contact = forms.CharField(
        label=_("Kontakt für Datenschutz"), max_length=200, required=False
    )
    authority = forms.CharField(label=_("Aufsichtsbehörde"), max_length=200, required=False)
    notice_profile = forms.ChoiceField(
        label=_("Hinweise bei telefonischen Terminen"), choices=NoticeProfile.choices
    )


def values_of_controller(controller: Controller) -> dict[str, str]:
    """What stands in the form at first."""
    return {name: getattr(controller, name) for name in ControllerForm.base_fields}


class PurposeForm(forms.Form):
    """How a purpose is processed."""

    legal_bases = Ticks(
        label=_("Rechtsgrundlagen"), choices=words_of("BASES", facts.LEGAL_BASES), required=False
    )
    interests = Ticks(
        label=_("Berechtigte Interessen"),
        choices=words_of("INTERESTS", facts.INTERESTS),
        required=False,
    )
    kinds_of_data = Ticks(
        label=_("Arten von Daten"), choices=words_of("DATA", facts.DATA), required=False
    )
    sources = Ticks(
        label=_("Herkunft"),
        choices=words_of("SOURCES", facts.SOURCES),
        required=False,
        help_text=_("Nur bei Daten, die nicht von der Person selbst kommen (Art. 14)."),
    )
    obligation = forms.ChoiceField(
        label=_("Ob die Angaben nötig sind"),
        choices=maybe(words_of("OBLIGATIONS", facts.OBLIGATIONS)),
        required=False,
    )
    is_automated = forms.BooleanField(label=_("Es wird automatisiert entschieden"), required=False)

    def __init__(self, posted: Any = None, *, purpose: NoticePurpose) -> None:
        super().__init__(posted, initial=values_of(purpose))
        for number in range(PERIODS):
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=_("Art der Daten"), choices=maybe(words_of("KEPT", facts.KEPT)),
                required=False,
            )  # fmt: skip
            self.fields[f"months_{number}"] = forms.IntegerField(
                label=_("Monate"), min_value=0, max_value=1200, required=False
            )
            self.fields[f"start_{number}"] = forms.ChoiceField(
                label=_("gerechnet"), choices=maybe(words_of("STARTS", facts.STARTS)),
                required=False,
            )  # fmt: skip
        for language in facts.LANGUAGES:
            for name, label in (("logic", _("Logik")), ("consequences", _("Folgen"))):
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=label, max_length=2000, required=False,
                    widget=forms.Textarea(attrs={"rows": 2}),
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse a period that the schedule of retention tells otherwise."""
        data, schedule = self.cleaned_data, rules.periods()
        for number in range(PERIODS):
            months = configuring.scheduled(data.get(f"kind_{number}", ""), schedule)
            if months is not None and data.get(f"months_{number}") not in (None, months):
                sentence = gettext(
                    "Das Löschkonzept sagt %(months)d Monate. Ändern Sie die Frist dort."
                )
                self.add_error(f"months_{number}", sentence % {"months": months})
        return data

    def periods(self) -> list[list[forms.BoundField]]:
        """The fields of each storage period."""
        names = ("kind", "months", "start")
        return [[self[f"{name}_{number}"] for name in names] for number in range(PERIODS)]

    def automated(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Logic and consequences by language."""
        return [
            (each, self[f"logic_{each}"], self[f"consequences_{each}"]) for each in facts.LANGUAGES
        ]

    def facts(self) -> dict[str, Any]:
        """What the domain takes."""
        data = self.cleaned_data
        rows = [[data[f"{n}_{i}"] for n in ("kind", "months", "start")] for i in range(PERIODS)]
        return {
            **{name: data[name] for name in _PLAIN},
            "data": data["kinds_of_data"],
            "periods": [(kind, months or 0, start) for kind, months, start in rows if kind],
            "logic": {each: data[f"logic_{each}"] for each in facts.LANGUAGES},
            "consequences": {each: data[f"consequences_{each}"] for each in facts.LANGUAGES},
        }


def values_of(purpose: NoticePurpose) -> dict[str, Any]:
    """What stands in the form at first."""
    values: dict[str, Any] = {name: getattr(purpose, name) for name in _PLAIN}
    values["kinds_of_data"] = purpose.data
    schedule = rules.periods()
    for number, (kind, months, start) in enumerate(purpose.periods):
        months = configuring.scheduled(kind, schedule) or months
        values |= {f"kind_{number}": kind, f"months_{number}": months, f"start_{number}": start}
    for name in ("logic", "consequences"):
        for language, text in getattr(purpose, name).items():
            values[f"{name}_{language}"] = text
    return values


class RecipientForm(forms.Form):
    """Somebody who gets data."""

    name = forms.CharField(label=_("Name"), max_length=200)
    category = forms.ChoiceField(label=_("Wofür"), choices=words_of("CATEGORIES", facts.CATEGORIES))
    purposes = Ticks(label=_("Zwecke"), choices=words_of("PURPOSES", facts.PURPOSES))
    country = forms.CharField(
        label=_("Land"), max_length=2, initial="DE", help_text=_("Zwei Buchstaben, z. B. DE.")
    )
    safeguard = forms.ChoiceField(
        label=_("Garantie außerhalb der EU"),
        choices=maybe(words_of("SAFEGUARDS", facts.SAFEGUARDS)),
        required=False,
    )
    copy_at = forms.CharField(
        label=_("Wo es eine Kopie der Garantie gibt"), max_length=300, required=False
    )
    integration = forms.ChoiceField(
        label=_("Steht für den eingerichteten Dienst"),
        choices=maybe(words_of("CATEGORIES", INTEGRATIONS)),
        required=False,
    )
    is_surprising = forms.BooleanField(
        label=_("Damit rechnet kaum jemand: am Telefon gleich sagen"), required=False
    )


def values_of_recipient(recipient: NoticeRecipient) -> dict[str, Any]:
    """What stands in the form at first."""
    return {name: getattr(recipient, name) for name in RecipientForm.base_fields}


class ItemForm(forms.Form):
    """The words of one item in one language."""

    text = forms.CharField(
        label=_("Voller Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    said = forms.CharField(
        label=_("Zum Vorlesen"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
