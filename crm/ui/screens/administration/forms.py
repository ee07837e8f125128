"""Forms of the administration of accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import RoleCode, Team, Visibility
from crm.ui.screens.account.forms import NameForm


class RolesForm(forms.Form):
    """At least one of the five roles."""

    roles = forms.MultipleChoiceField(
        label=_("Rollen"),
        choices=RoleCode.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eine Rolle.")},
    )


class TeamsForm(forms.Form):
    """Any number of active teams."""

    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Team.objects.filter(is_active=True),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class NewUserForm(TeamsForm, RolesForm, NameForm):
    """Everything a new account needs; its owner chooses the password."""

    field_order = ["first_name", "last_name", "email", "roles", "teams"]


class VisibilityForm(forms.Form):
    """Which records a role sees."""

    visibility = forms.ChoiceField(label=_("Sieht"), choices=Visibility.choices)


class NewTeamForm(forms.Form):
    """A name is all a team needs."""

    name = forms.CharField(label=_("Name des Teams"), max_length=120)


class TeamForm(NewTeamForm):
    """Rename a team or take it out of use."""

    is_active = forms.BooleanField(
        label=_("in Betrieb"),
        required=False,
        help_text=_("Stillgelegte Teams behalten ihre Einträge, stehen aber nicht mehr zur Wahl."),
    )
