"""Quick add of a company."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.ui.access import Request
from crm.ui.screens.records.forms.live import check_live
from crm.ui.screens.records.forms.new_reach import ReachFields


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
