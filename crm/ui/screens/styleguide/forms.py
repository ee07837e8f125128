"""A form that shows every kind of field, and one of each state."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

CAUSES = [("ad", _("Werbung")), ("case", _("Vorgang")), ("visit", _("Termin"))]
WAYS = [("add", _("Ergänzen")), ("new", _("Neu anlegen"))]


class SampleForm(forms.Form):
    """Bound to :data:`SAMPLE` it shows one error."""

    name = forms.CharField(label=_("Name"))
    company = forms.CharField(
        label=_("Firma"),
        required=False,
        help_text=_("Rechtsform darf fehlen"),
        widget=forms.TextInput(attrs={"placeholder": _("Name oder Ort")}),
    )
    phone = forms.CharField(label=_("Telefon"))
    origin = forms.CharField(
        label=_("Nur lesen"), required=False, widget=forms.TextInput(attrs={"readonly": True})
    )
    locked = forms.CharField(label=_("Gesperrt"), required=False, disabled=True)
    state = forms.ChoiceField(label=_("Auswahl"), choices=[("offer", _("Angebot"))])
    find = forms.CharField(
        label=_("Suche"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Name oder Nummer")}),
    )
    remark = forms.CharField(
        label=_("Notiz"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    remind = forms.BooleanField(
        label=_("Wiedervorlage anlegen"), required=False, help_text=_("in 14 Tagen")
    )
    way = forms.ChoiceField(label=_("Vorgehen"), choices=WAYS, widget=forms.RadioSelect)
    channels = forms.MultipleChoiceField(
        label=_("Kontaktwege"),
        required=False,
        choices=[("mail", _("E‑Mail")), ("phone", _("Telefon")), ("post", _("Brief"))],
        widget=forms.CheckboxSelectMultiple,
    )
    cause = forms.ChoiceField(label=_("Anlass"), choices=CAUSES)
    table = forms.FileField(label=_("Datei"), required=False)

    def clean_phone(self) -> str:
        raise forms.ValidationError(_("Hier steht der Buchstabe o. Meinen Sie 030 23125 102?"))


SAMPLE: dict[str, Any] = {
    "name": "Dr. Johannes Maier",
    "phone": "030 23125 1o2",
    "origin": "ERP, 04.11.2019",
    "state": "offer",
    "remark": "Ruft am Donnerstag zurück.",
    "remind": "on",
    "way": "add",
    "channels": ["mail", "post"],
    "cause": "ad",
}


def sample() -> SampleForm:
    """The form with one field refused."""
    form = SampleForm(SAMPLE, initial={"locked": "nach Art. 18"})
    form.is_valid()
    return form
