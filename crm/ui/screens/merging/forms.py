"""The form of automatic merging."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import MatchingKind


class AutomationForm(forms.Form):
    """Off or on, and from how many bits on."""

    kind = forms.ChoiceField(choices=MatchingKind.choices, widget=forms.HiddenInput)
    is_on = forms.BooleanField(label=_("Automatisch zusammenführen"), required=False)
    threshold = forms.FloatField(
        label=_("Schwelle in Bit"),
        help_text=_(
            "Jedes Paar einer Gruppe muss mindestens so viel wiegen. Ein Bit mehr heißt: doppelt "
            "so sicher. 6 Bit sind 64 zu 1, 12 Bit rund 4.000 zu 1."
        ),
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
