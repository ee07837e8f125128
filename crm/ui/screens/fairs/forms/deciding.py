"""Taking a lead over, and giving one up."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import company_choice
from contacts.models import Company
from crm.accounts.models import User
from crm.ui.screens.opportunities.forms.amounts import AmountField
from crm.ui.screens.opportunities.forms.deals import words
from crm.ui.screens.records.forms.company_picker import CompanyPicker, preselected
from crm.ui.screens.records.forms.days import DayField
from history.fairs import dropping, proposing
from history.models import BuyingRole, LeadCapture


class TakeOverForm(CompanyPicker):
    """Company, role and opportunity, filled as the slip suggests."""

    function = forms.CharField(label=gettext_lazy("Funktion"), max_length=200, required=False)
    title = forms.CharField(label=gettext_lazy("Worum geht es?"), max_length=200)
    need = words(gettext_lazy("Bedarf"), hint=gettext_lazy("In den Worten des Kunden."), rows=3)
    situation = words(gettext_lazy("Heute"), hint=gettext_lazy("Wie es jetzt ist."), rows=3)
    volume = AmountField(label=gettext_lazy("Volumen in EUR"))
    realisation_on = DayField(label=gettext_lazy("Realisierung"))
    role = forms.ChoiceField(label=gettext_lazy("Rolle im Buying-Center"), required=False)
    competitors = forms.CharField(
        label=gettext_lazy("Wettbewerb"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Mehrere mit Komma getrennt."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = [
        "company", "function", "title", "need", "situation", "volume", "realisation_on", "role",
        "competitors", "version",
    ]  # fmt: skip

    def __init__(self, data: Any = None, *, user: User, lead: LeadCapture) -> None:
        super().__init__(data, initial=_suggested(lead), auto_id="lead-%s")
        field: Any = self.fields["role"]
        field.choices = [("", _("unbekannt")), *BuyingRole.choices]
        self.offer(user=user, current=_employer(lead, user))
        if not self.is_bound and self.kept is None and lead.company_name:
            self._look_up(lead.company_name)

    def values(self) -> dict[str, Any]:
        """What was sent, as the service takes it."""
        data = self.cleaned_data
        plain = ("function", "title", "need", "situation", "volume", "realisation_on", "role")
        return {
            **{name: data[name] for name in plain},
            "company": self.chosen,
            "company_name": self.new_name,
            "competitors": [each.strip() for each in data["competitors"].split(",")],
        }

    def _look_up(self, text: str) -> None:
        """The companies that the slip may mean; the only one of that name is chosen."""
        self.initial["company"] = text
        self.candidates = company_choice.companies_like(user=self.user, text=text)
        self.choice = preselected(self.candidates, text, may_be_new=True)


class DropForm(forms.Form):
    """Why nothing comes of it."""

    reason = forms.CharField(
        label=gettext_lazy("Warum wird daraus nichts?"),
        max_length=dropping.LONGEST,
        widget=forms.TextInput(attrs={"list": "drop-reasons"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def _suggested(lead: LeadCapture) -> dict[str, Any]:
    found = proposing.proposal(lead)
    return {
        "function": lead.function,
        "title": found.title,
        "need": found.need,
        "situation": found.situation,
        "volume": found.volume,
        "realisation_on": found.realisation_on,
        "role": found.role,
        "competitors": ", ".join(found.competitors),
        "version": lead.version,
    }


def _employer(lead: LeadCapture, user: User) -> Company | None:
    """Where the person works already, if the slip names no other company."""
    if lead.person is None:
        return None
    roles = lead.person.employments.filter(ended_on=None).select_related("company")
    for role in roles:
        if not lead.company_name or company_choice.same_name(role.company, lead.company_name):
            seen = Company.objects.visible_to(user).filter(pk=role.company_id).exists()
            return role.company if seen else None
    return None
