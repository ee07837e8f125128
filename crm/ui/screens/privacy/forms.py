"""What is asked of the ledger."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consent import channels
from consent.desk import samples
from consent.desk.questions import Asked

FORMATS = [("pdf", "PDF/A"), ("zip", "ZIP"), ("csv", "CSV"), ("json", "JSON")]


class QuestionForm(forms.Form):
    """A value, a moment, a channel and a purpose; sent by GET, so that a question is a link."""

    value = forms.CharField(label=_("Nummer oder Adresse"), max_length=254)
    day = forms.DateField(
        label=_("Tag"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    time = forms.TimeField(
        label=_("Uhrzeit"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    channel = forms.ChoiceField(label=_("Kanal"), choices=list(channels.LABELS.items()))
    purpose = forms.ChoiceField(label=_("Zweck"), choices=list(channels.PURPOSES.items()))

    def __init__(self, data: Any, *, now: datetime) -> None:
        local = timezone.localtime(now)
        super().__init__(
            data if data.get("value") else None,
            initial={
                "day": local.date(),
                "time": local.time(),
                "channel": "phone",
                "purpose": "sales_call",
            },
        )

    @property
    def asked(self) -> Asked:
        """The question; the form must be valid."""
        values = self.cleaned_data
        moment = datetime.combine(values["day"], values["time"])
        return Asked(
            value=values["value"],
            channel=values["channel"],
            purpose=values["purpose"],
            at=timezone.make_aware(moment),
        )


class SampleForm(forms.Form):
    """How many contacts, and from which seed."""

    count = forms.IntegerField(
        label=_("Wie viele"), min_value=1, max_value=samples.MOST, initial=10
    )
    seed = forms.IntegerField(
        label=_("Startwert"),
        min_value=0,
        max_value=10**12,
        required=False,
        help_text=_("Leer: ein zufälliger. Mit demselben zieht jeder dieselben."),
    )


class DossierForm(forms.Form):
    """For which value, and as which file."""

    value = forms.CharField(max_length=254)
    channel = forms.ChoiceField(choices=list(channels.LABELS.items()), initial="phone")
    format = forms.ChoiceField(choices=FORMATS, initial="pdf", required=False)
