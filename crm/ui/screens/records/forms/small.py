"""Short forms: numbers in other systems, proof of reachability, owner and team."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.contact_points import Record
from contacts.models import VerificationMethod
from crm.accounts.models import Team, User
from crm.ui.access import Request
from crm.ui.screens.records.forms.origin import OriginForm

METHODS = [choice for choice in VerificationMethod.choices if choice[0]]


class NumberForm(OriginForm):
    """A number under which another system knows the record."""

    system = forms.CharField(
        label=_("System"),
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("z. B. ERP, Outlook")}),
    )
    value = forms.CharField(label=_("Nummer"), max_length=200)
    field_order = ["system", "value"]

    def __init__(self, *args: Any, request: Request) -> None:
        super().__init__(*args, request=request, auto_id="number-new-%s")
        del self.fields["confirmed"]


class VerifyForm(forms.Form):
    """How it turned out that somebody is reached there."""

    how = forms.ChoiceField(label=_("Wie?"), choices=METHODS, widget=forms.RadioSelect)


class KeeperForm(forms.Form):
    """Who looks after the record."""

    owner = forms.ModelChoiceField(
        label=_("Zuständig"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("niemand"),
    )
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("kein Team"),
    )

    def __init__(self, data: Any = None, *, record: Record) -> None:
        initial = {
            "owner": record.owner.public_id if record.owner else None,
            "team": record.team.public_id if record.team else None,
        }
        super().__init__(data, initial=initial, auto_id="keeper-%s")
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.filter(is_active=True) | User.objects.filter(
            pk=record.owner_id or 0
        )
        team: Any = self.fields["team"]
        team.queryset = Team.objects.filter(is_active=True) | Team.objects.filter(
            pk=record.team_id or 0
        )
