"""Quick add: how the new record is reached."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from contacts.intake import NewPoint
from crm.ui.screens.records.forms.live import check_live
from crm.ui.screens.records.forms.origin import OriginForm
from crm.ui.screens.records.forms.places import StreetFields

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
