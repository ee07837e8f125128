"""A postal address."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.contact_points import Record
from contacts.matching import normalise
from contacts.models import Address, AddressKind
from crm.ui.access import Request
from crm.ui.screens.records.forms.countries import countries
from crm.ui.screens.records.forms.days import DayField
from crm.ui.screens.records.forms.live import check_live
from crm.ui.screens.records.forms.origin import OriginForm
from crm.ui.screens.records.forms.reconciled import ReconciledForm

PARTS = ("kind", "extra", "po_box", "postal_code", "city", "country", "valid_from", "valid_to")


class StreetFields(forms.Form):
    """Where post goes; the house number stands in the street's line."""

    street = forms.CharField(
        label=gettext_lazy("Straße und Hausnummer"), max_length=220, required=False
    )
    postal_code = forms.CharField(label=gettext_lazy("PLZ"), max_length=12, required=False)
    city = forms.CharField(label=gettext_lazy("Ort"), max_length=150, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Land"), initial="DE", required=False)

    def prepare_street(self, country: str = "") -> None:
        """Fill the countries and let the postal code be read while it is typed."""
        field: Any = self.fields["country"]
        field.choices = countries(country)
        check_live(self["postal_code"], "postal-code")

    def street_values(self) -> dict[str, Any]:
        """Street, house number, what stood behind it, or the post office box."""
        line = self.cleaned_data.get("street", "")
        if not line:
            return {"street": "", "house_number": ""}
        read = normalise.street(line)
        values = {"street": read.name, "house_number": read.house_number}
        if read.po_box:
            values["po_box"] = read.po_box
        if read.extra:
            values["extra"] = read.extra
        return values

    def clean_street(self) -> str:
        """The line, if it names a street."""
        line = str(self.cleaned_data["street"])
        try:
            if line:
                normalise.street(line)
        except normalise.Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        return line


class PlaceForm(ReconciledForm, StreetFields, OriginForm):
    """A new address, or one that the record has; ``moved_on`` makes a move of the change."""

    kind = forms.ChoiceField(label=gettext_lazy("Art"), choices=AddressKind.choices)
    extra = forms.CharField(label=gettext_lazy("Zusatz"), max_length=200, required=False)
    po_box = forms.CharField(label=gettext_lazy("Postfach"), max_length=40, required=False)
    valid_from = DayField(label=gettext_lazy("gültig ab"))
    valid_to = DayField(label=gettext_lazy("gültig bis"))
    moved_on = DayField(
        label=gettext_lazy("Umgezogen am"),
        help_text=gettext_lazy(
            "Nur bei einem Umzug: Die alte Anschrift endet am Tag davor und bleibt erhalten."
        ),
    )
    field_order = ["kind", "street", "extra", "postal_code", "city", "country", "po_box"]

    def __init__(
        self, *args: Any, request: Request, record: Record, address: Address | None = None
    ) -> None:
        current = {name: getattr(address, name) for name in PARTS} if address else {}
        street = f"{address.street} {address.house_number}".strip() if address else ""
        initial = {**current, "street": street}
        auto_id = f"place-{address.pk if address else 'new'}-%s"
        super().__init__(*args, request=request, initial=initial, auto_id=auto_id)
        own = {"street": address.street, "house_number": address.house_number} if address else {}
        self.track(record=record, current={**current, **own})
        self.prepare_street(address.country if address else "")
        self.is_new = address is None
        if self.is_new:
            del self.fields["moved_on"]

    def values(self) -> dict[str, Any]:
        """The fields of the service."""
        return {name: self.cleaned_data[name] for name in PARTS} | self.street_values()

    def clean_moved_on(self) -> date | None:
        """The day of the move, not before the address began."""
        day: date | None = self.cleaned_data["moved_on"]
        began = self.current.get("valid_from")
        if day and began and day <= began:
            raise forms.ValidationError(_("Der Umzug liegt vor dem Beginn der alten Anschrift."))
        return day
