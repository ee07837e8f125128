"""The fields of a criterion; who it applies to and its type are fixed once it exists."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.criteria import WITH_CHOICES
from contacts.models import Criterion, CriterionSubject, CriterionType, Sensitivity
from crm.accounts.models import User


def owner_field(whom: Q) -> forms.Field:
    """A choice among the users that ``whom`` describes."""
    return forms.ModelChoiceField(
        label=_("Zuständig"),
        queryset=User.objects.filter(whom),
        required=False,
        empty_label=_("niemand"),
        help_text=_("Wer dafür sorgt, dass die Antworten stimmen."),
    )


class CriterionForm(forms.Form):
    """A criterion to be created."""

    label = forms.CharField(label=_("Name"), max_length=120)
    subject = forms.ChoiceField(label=_("Gilt für"), choices=CriterionSubject.choices)
    type = forms.ChoiceField(label=_("Art der Antwort"), choices=CriterionType.choices)
    choices = forms.CharField(
        label=_("Antworten zur Auswahl"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Eine Antwort je Zeile. Was Sie später weglassen, steht nicht mehr zur Wahl; "
            "gegebene Antworten behalten ihre Bedeutung."
        ),
    )
    help_text = forms.CharField(
        label=_("Hilfetext"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Steht neben dem Feld: was gemeint ist und wozu es gebraucht wird."),
    )
    owner = owner_field(Q(is_active=True))
    sensitivity = forms.ChoiceField(
        label=_("Sensibilität"), choices=Sensitivity.choices, widget=forms.RadioSelect
    )

    def clean_choices(self) -> list[str]:
        """The lines that say something."""
        return [line for line in self.cleaned_data["choices"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        """Answers left over from another type are of no account."""
        data = super().clean() or {}
        if data.get("type") not in WITH_CHOICES:
            data["choices"] = []
        return data


class ExistingCriterionForm(CriterionForm):
    """A criterion to be changed."""

    position = forms.IntegerField(
        label=_("Platz in der Reihe"), min_value=0, max_value=32767, help_text=_("0 steht oben.")
    )

    def __init__(self, data: Any = None, *, criterion: Criterion) -> None:
        super().__init__(data, initial=values_of(criterion))
        for name in ("subject", "type"):
            self.fields[name].disabled = True
            self.fields[name].help_text = _("Lässt sich nachträglich nicht ändern.")
        self.fields["owner"] = owner_field(Q(is_active=True) | Q(pk=criterion.owner_id))


def values_of(criterion: Criterion) -> dict[str, object]:
    """What stands in the form at first."""
    names = ("label", "subject", "type", "help_text", "owner", "sensitivity", "position")
    active = [choice.label for choice in criterion.choices.all() if choice.is_active]
    return {name: getattr(criterion, name) for name in names} | {"choices": "\n".join(active)}
