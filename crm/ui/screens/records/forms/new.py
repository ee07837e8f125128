"""Quick add: one form for all that is known of a new person or company."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.intake import NewPoint, NewRole
from contacts.matching import normalise
from contacts.models import Company, Salutation
from crm.ui.access import Request
from crm.ui.screens.records.forms.company_picker import CompanyPicker
from crm.ui.screens.records.forms.live import check_live
from crm.ui.screens.records.forms.origin import OriginForm
from crm.ui.screens.records.forms.places import StreetFields

PARTS = ("title", "given_name", "particle", "surname")
SALUTATIONS = {"Herr": Salutation.HERR, "Frau": Salutation.FRAU, "divers": Salutation.DIVERS}
POINTS = {"email": "EMAIL", "phone": "PHONE", "mobile": "MOBILE"}


class ReachFields(StreetFields, OriginForm):
    """How the new record is reached; all of it is business."""

    email = forms.CharField(
        label=gettext_lazy("E‑Mail"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocapitalize": "none"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telefon"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    mobile = forms.CharField(
        label=gettext_lazy("Mobil"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def watch(self) -> None:
        """Read the fields while they are typed."""
        self.prepare_street()
        for name in POINTS:
            if name in self.fields:
                check_live(self[name], "contact-point")

    def points(self) -> list[NewPoint]:
        """The contact points that were filled in."""
        return [
            NewPoint(name, kind, self.cleaned_data[name], "BUSINESS")
            for name, kind in POINTS.items()
            if self.cleaned_data.get(name)
        ]

    def address(self) -> dict[str, Any] | None:
        """The address, if anything of it was filled in."""
        typed = {name: self.cleaned_data[name] for name in ("postal_code", "city")}
        if not any([*typed.values(), self.cleaned_data["street"]]):
            return None
        return {**typed, "country": self.cleaned_data["country"], **self.street_values()}


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


class NewCompanyForm(ReachFields):
    """The name with its legal form, the switchboard, the address."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=250,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Havelberg Anlagenbau GmbH")}),
    )
    vat_id = forms.CharField(label=gettext_lazy("USt-IdNr."), max_length=20, required=False)
    erp_number = forms.CharField(label=gettext_lazy("ERP-Nummer"), max_length=60, required=False)
    website = forms.CharField(label=gettext_lazy("Website"), max_length=300, required=False)

    def __init__(self, *args: Any, request: Request, **options: Any) -> None:
        super().__init__(*args, request=request, auto_id="company-%s", **options)
        del self.fields["mobile"]
        self.fields["phone"].label = _("Telefon (Zentrale)")
        self.watch()
        check_live(self["name"], "company-name")
        check_live(self["vat_id"], "vat-id")

    def values(self) -> dict[str, Any]:
        """The fields of the company."""
        names = ("name", "vat_id", "erp_number", "website")
        return {name: self.cleaned_data[name] for name in names}
