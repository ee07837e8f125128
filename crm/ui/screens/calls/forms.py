"""Forms of telephone systems and extensions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from history.models import TelephoneFormat


class SystemForm(forms.Form):
    """A telephone system."""

    name = forms.CharField(
        label=_("Name der Anlage"), max_length=100, help_text=_("Zum Beispiel „sipgate Zentrale“.")
    )
    format = forms.ChoiceField(label=_("Form der Ereignisse"), choices=TelephoneFormat.choices)


class ExtensionForm(forms.Form):
    """Who is called under what."""

    user = forms.ModelChoiceField(
        label=_("Konto"),
        queryset=User.objects.filter(is_active=True),
        to_field_name="public_id",
        empty_label=_("Bitte wählen"),
    )
    number = forms.CharField(
        label=_("Rufnummer oder Durchwahl"), max_length=40, required=False,
        help_text=_("In jeder Schreibweise."),
    )  # fmt: skip
    provider_id = forms.CharField(
        label=_("Kennung bei der Anlage"), max_length=100, required=False,
        help_text=_("Bei sipgate die Nummer des Nutzers, z. B. w0."),
    )  # fmt: skip
