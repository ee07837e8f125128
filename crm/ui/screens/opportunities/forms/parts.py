"""Stakeholders and competitors."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.ui.screens.opportunities.forms.person_picker import PersonPicker
from crm.ui.screens.records.forms.company_picker import CompanyPicker
from history.models import BuyingRole, Opportunity, Stakeholder, Stance, Standing
from history.opportunities import words

INFLUENCES = [("", _("unbekannt")), *words.INFLUENCES.items()]
JUDGED = ("roles", "stance", "influence", "note", "sways")


class StakeholderForm(CompanyPicker):
    """What somebody has to say, and how they stand to it."""

    roles = forms.MultipleChoiceField(
        label=_("Rolle im Buying-Center"),
        choices=BuyingRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stance = forms.ChoiceField(
        label=_("Haltung"), choices=Stance.choices, required=False, widget=forms.RadioSelect
    )
    influence = forms.TypedChoiceField(
        label=_("Einfluss"), choices=INFLUENCES, required=False, coerce=int, empty_value=None
    )
    sways = forms.TypedMultipleChoiceField(
        label=_("Beeinflusst"), required=False, coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=_("Notiz"), max_length=300, required=False)
    field_order = ["company", *JUDGED]
    may_be_new = False

    def __init__(
        self, data: Any = None, *, user: User, deal: Opportunity, stakeholder: Stakeholder
    ) -> None:
        initial = {name: getattr(stakeholder, name) for name in JUDGED}
        super().__init__(data, initial=initial, auto_id=f"stakeholder-{stakeholder.pk or 0}-%s")
        self.offer(user=user, current=stakeholder.company)
        others = deal.stakeholders.exclude(pk=stakeholder.pk or 0).select_related("person")
        field: Any = self.fields["sways"]
        field.choices = [(str(each.person.public_id), str(each.person)) for each in others]
        if not field.choices:
            del self.fields["sways"]

    def judged(self) -> dict[str, Any]:
        """The fields of the service."""
        found = {name: self.cleaned_data[name] for name in JUDGED if name in self.fields}
        return {**found, "company": self.chosen}


class NewStakeholderForm(PersonPicker, StakeholderForm):
    """Who has a say, too."""

    field_order = ["person", *StakeholderForm.field_order]

    def __init__(self, data: Any = None, *, user: User, deal: Opportunity) -> None:
        super().__init__(data, user=user, deal=deal, stakeholder=Stakeholder())
        self.fields["person"].required = True
        self.fields["company"].help_text = _("Leer: wo die Person arbeitet.")
        self.offer_persons(user=user)

    def judged(self) -> dict[str, Any]:
        """The fields of the service; an empty company is left to it."""
        found = super().judged()
        return found if found["company"] else {k: v for k, v in found.items() if k != "company"}


class CompetitorForm(forms.Form):
    """Who else wants it."""

    name = forms.CharField(label=_("Wettbewerber"), max_length=200)
    standing = forms.ChoiceField(
        label=_("Stand"), choices=Standing.choices, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Notiz"), max_length=300, required=False)
