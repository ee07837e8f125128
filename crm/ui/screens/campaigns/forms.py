"""What a campaign is made of, and how it is taken out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consent import channels
from consent.campaigns.keeping import CAMPAIGN_PURPOSES, LONGEST_NAME
from consent.models import Controller
from contacts import saved_views
from contacts.listing import ListName
from contacts.tables import Format
from crm.accounts.models import User

EVERYBODY = "all"


class CampaignForm(forms.Form):
    """Who, over which channel, what for; ``query`` comes from the list or is a saved view."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    query = forms.ChoiceField(
        label=_("Wen möchten Sie erreichen?"),
        help_text=_("Alle, Ihre Auswahl aus der Liste oder eine gespeicherte Ansicht."),
    )
    channel = forms.ChoiceField(label=_("Kanal"), choices=lambda: list(channels.LABELS.items()))
    purpose = forms.ChoiceField(
        label=_("Zweck"),
        choices=lambda: [(code, channels.purpose(code)) for code in CAMPAIGN_PURPOSES],
    )
    controller = forms.ModelChoiceField(
        label=_("Im Namen von"),
        queryset=Controller.objects.filter(is_active=True),
        empty_label=None,
    )

    def __init__(self, *args: Any, user: User, query: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [(EVERYBODY, _("Alle, die Sie sehen dürfen"))]
        if query:
            choices.insert(0, (query, _("Ihre Auswahl aus der Liste")))
        views = saved_views.visible_to(user=user, list_name=ListName.PERSONS)
        choices += [(view.query, view.name) for view in views if view.query not in ("", query)]
        field = self.fields["query"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        self.initial.setdefault("query", query or EVERYBODY)
        if Controller.objects.filter(is_active=True).count() == 1:
            self.fields["controller"].widget = forms.HiddenInput()
            self.initial["controller"] = Controller.objects.filter(is_active=True).get().pk

    def clean_query(self) -> str:
        """As the list has it: nothing for everybody."""
        query: str = self.cleaned_data["query"]
        return "" if query == EVERYBODY else query


class ExportForm(forms.Form):
    """CSV or XLSX."""

    format = forms.ChoiceField(
        choices=[(each.value, each.value.upper()) for each in Format],
        initial=Format.CSV.value,
        widget=forms.Select(attrs={"class": "input"}),
    )
