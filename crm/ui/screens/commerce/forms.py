"""Forms of taking commercial data over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.ui.screens.imports.forms import FileForm
from history.models import TakeoverKind


class TakeoverForm(FileForm):
    """One file and what stands in it."""

    kind = forms.ChoiceField(
        label=_("Was steht in der Datei?"),
        choices=TakeoverKind.choices,
        initial=TakeoverKind.ORDERS,
    )
