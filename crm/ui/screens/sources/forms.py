"""The fields of a source, shared by its administration and by the first step of an import."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import ContactPointKind, Source, SourceKind


class SourceForm(forms.Form):
    """A source as it is described; what is missing is judged by :mod:`contacts.sources`."""

    kind = forms.ChoiceField(label=_("Art"), choices=SourceKind.choices, initial=SourceKind.LIST)
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("So steht die Herkunft später an jeder Angabe, z. B. „Lieferung 03/2026“."),
    )
    supplier = forms.CharField(label=_("Lieferant"), max_length=200, required=False)
    licence = forms.CharField(
        label=_("Lizenz"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wofür die Angaben genutzt werden dürfen. Bei gekauften Adressen nötig."),
    )
    licensed_channels = forms.MultipleChoiceField(
        label=_("Lizenzierte Kontaktwege"),
        choices=ContactPointKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nichts gewählt heißt: keine Grenze durch die Lizenz."),
    )
    use_until = forms.DateField(
        label=_("Nutzbar bis"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Der letzte Tag der Nutzung. Bei gekauften Adressen nötig."),
    )
    remark = forms.CharField(
        label=_("Bemerkung"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def values_of(source: Source) -> dict[str, object]:
    """What stands in the form at first."""
    return {name: getattr(source, name) for name in SourceForm.base_fields}
