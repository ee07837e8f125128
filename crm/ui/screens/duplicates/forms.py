"""What a run is started with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import MatchingKind, MatchingScope


class StartForm(forms.Form):
    """Persons or companies; what has changed, or everything."""

    kind = forms.ChoiceField(
        label=_("Wonach"), choices=MatchingKind.choices, initial=MatchingKind.PERSON
    )
    scope = forms.ChoiceField(
        label=_("Umfang"),
        choices=[
            (MatchingScope.CHANGED, MatchingScope.CHANGED.label),
            (MatchingScope.FULL, MatchingScope.FULL.label),
        ],
        initial=MatchingScope.CHANGED,
    )
    retrain = forms.BooleanField(required=False, widget=forms.HiddenInput)
