"""For which days and which team a report is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from history.reports import asking


class PeriodForm(forms.Form):
    """Empty days mean the last twelve weeks, no team means all that the user sees."""

    since = forms.DateField(
        label=_("Vom"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Bis"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"] = forms.ModelChoiceField(
            label=_("Team"),
            queryset=asking.teams_of(user),
            to_field_name="public_id",
            required=False,
            empty_label=_("alle"),
        )
