"""What the audit log can be narrowed down by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.act_kinds import WORDS
from contacts.audit_query import INSTALLATION
from crm.accounts.models import User


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class FilterForm(forms.Form):
    """Who, what, from when until when; the object comes from the address of a record."""

    actor = forms.ChoiceField(label=_("Wer"), required=False)
    kind = forms.ChoiceField(
        label=_("Was"),
        required=False,
        choices=[("", _("alles")), *((kind.value, word) for kind, word in WORDS.items())],
    )
    since = _day(_("Vom"))
    until = _day(_("Bis"))
    object = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        users = [(str(user.public_id), user.full_name) for user in User.objects.all()]
        first = [("", _("alle")), (INSTALLATION, _("Installation"))]
        self.fields["actor"].choices = [*first, *users]  # type: ignore[attr-defined]
