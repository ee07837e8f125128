"""Quick add of a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.intake import NewRole
from contacts.matching import normalise
from contacts.models import Company, Salutation
from crm.ui.access import Request
from crm.ui.screens.records.forms.company_picker import CompanyPicker
from crm.ui.screens.records.forms.live import check_live
from crm.ui.screens.records.forms.new_reach import ReachFields

PARTS = ("title", "given_name", "particle", "surname")
SALUTATIONS = {"Herr": Salutation.HERR, "Frau": Salutation.FRAU, "divers": Salutation.DIVERS}


class NewPersonForm(CompanyPicker, ReachFields):
    """The name in one line; its parts are shown as they are understood and can be mended."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Frau Dr. Anna von der Heide")}),
    )
    salutation = forms.ChoiceField(
        label=gettext_lazy("Anrede"), choices=Salutation.choices, required=False
    )
    parts_of = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Titel"), max_length=100, required=False)
    given_name = forms.CharField(label=gettext_lazy("Vorname"), max_length=150, required=False)
    particle = forms.CharField(label=gettext_lazy("Namenszusatz"), max_length=50, required=False)
    surname = forms.CharField(label=gettext_lazy("Nachname"), max_length=150, required=False)
    function = forms.CharField(label=gettext_lazy("Funktion"), max_length=200, required=False)

    def __init__(
        self, *args: Any, request: Request, company: Company | None = None, **options: Any
    ) -> None:
        super().__init__(*args, request=request, auto_id="person-%s", **options)
        self.offer(user=request.user, current=company)
        self.watch()
        check_live(self["name"], "person-name")
        self.parts, self.said, self.parts_shown_of = dict.fromkeys(PARTS, ""), "", ""

    def clean(self) -> dict[str, Any]:
        """Split the name, unless its parts stand there as they were shown, perhaps mended."""
        data = super().clean() or self.cleaned_data
        self.parts = {part: data.get(part, "") for part in PARTS}
        self.said = data.get("salutation", "")
        self._read_name(data.get("name", ""), shown_of=data.get("parts_of", ""))
        if data.get("function") and not (data.get("company") or "company" in self.errors):
            self.add_error("company", _("Bei welcher Firma hat die Person diese Funktion?"))
        return data

    def _read_name(self, name: str, *, shown_of: str) -> None:
        typed = any(self.parts.values())
        if not name and not typed:
            self.add_error("name", _("Bitte geben Sie einen Namen an."))
        elif name and not (typed and shown_of in (name, "")):
            self._split(name)
        self.parts_shown_of = name

    def values(self) -> dict[str, Any]:
        """The fields of the person."""
        return {**self.parts, "salutation": self.said}

    def role(self) -> NewRole | None:
        """The role, if a company was named."""
        if not (self.chosen or self.new_name):
            return None
        values = {"function": self.cleaned_data["function"]}
        return NewRole(company=self.chosen, new_company=self.new_name, values=values)

    def _split(self, name: str) -> None:
        try:
            read = normalise.person_name(name)
        except normalise.Unreadable as error:
            self.add_error("name", str(error))
            return
        self.parts = {part: getattr(read, part) for part in PARTS}
        self.said = self.said or SALUTATIONS.get(read.salutation, "")
