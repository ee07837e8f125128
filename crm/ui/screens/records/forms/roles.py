"""A role at a company."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import Employment, Person
from crm.ui.access import Request
from crm.ui.screens.records.forms.company_picker import CompanyPicker
from crm.ui.screens.records.forms.days import DayField
from crm.ui.screens.records.forms.origin import OriginForm
from crm.ui.screens.records.forms.reconciled import ReconciledForm

PARTS = ("function", "department", "is_primary", "started_on", "ended_on")


class RoleFields(forms.Form):
    """What a person does there, and from when until when."""

    function = forms.CharField(label=_("Funktion"), max_length=200, required=False)
    department = forms.CharField(label=_("Abteilung"), max_length=200, required=False)
    started_on = DayField(label=_("ab"))
    ended_on = DayField(label=_("bis"))
    is_primary = forms.BooleanField(label=_("Hauptrolle"), required=False)


class NewRoleForm(CompanyPicker, RoleFields, OriginForm):
    """A role to be added, the company possibly with it."""

    field_order = ["company", "function", "department", "started_on", "ended_on"]

    def __init__(self, *args: Any, request: Request, **options: Any) -> None:
        super().__init__(*args, request=request, auto_id="role-new-%s", **options)
        self.fields["company"].required = True
        self.offer(user=request.user)

    def role_values(self) -> dict[str, Any]:
        """The fields of the service."""
        return {name: self.cleaned_data[name] for name in PARTS}


class RoleForm(ReconciledForm, RoleFields, OriginForm):
    """A role that the person has; its company stays."""

    def __init__(
        self, *args: Any, request: Request, person: Person, employment: Employment
    ) -> None:
        current = {name: getattr(employment, name) for name in PARTS}
        auto_id = f"role-{employment.pk}-%s"
        super().__init__(*args, request=request, initial=dict(current), auto_id=auto_id)
        self.track(record=person, current=current)
        del self.fields["source"]
        self.fields["confirmed"].initial = True
