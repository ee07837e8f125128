"""The own fields of a person and of a company."""

from typing import Any

from django import forms
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from contacts.models import Company, Person, Salutation
from crm.ui.access import Request
from crm.ui.screens.records.forms.company_picker import CompanyPicker
from crm.ui.screens.records.forms.days import BirthDayField
from crm.ui.screens.records.forms.live import check_live
from crm.ui.screens.records.forms.origin import OriginForm
from crm.ui.screens.records.forms.reconciled import ReconciledForm

LANGUAGES = ("de", "en", "fr", "it", "nl", "da", "sv", "nb", "pl", "cs", "es", "pt", "hu", "tr")
PERSON = ("salutation", "title", "given_name", "particle", "surname", "birth_date", "language")
COMPANY = ("name", "legal_form", "vat_id", "erp_number", "website", "industry_codes", "parent")


def languages(current: str = "") -> list[tuple[str, str]]:
    """The languages to choose from; one that a record has already is among them."""
    known = [(code, str(get_language_info(code)["name_translated"])) for code in LANGUAGES]
    known.sort(key=lambda each: (each[0] != "de", each[1]))
    if current and current not in LANGUAGES:
        known.append((current, current))
    return [("", _("unbekannt")), *known]


class PersonForm(ReconciledForm, OriginForm):
    """Name, salutation, birth date, language."""

    salutation = forms.ChoiceField(
        label=gettext_lazy("Anrede"), choices=Salutation.choices, required=False
    )
    title = forms.CharField(label=gettext_lazy("Titel"), max_length=100, required=False)
    given_name = forms.CharField(label=gettext_lazy("Vorname"), max_length=150, required=False)
    particle = forms.CharField(label=gettext_lazy("Namenszusatz"), max_length=50, required=False)
    surname = forms.CharField(label=gettext_lazy("Nachname"), max_length=150, required=False)
    birth_date = BirthDayField(label=gettext_lazy("Geburtsdatum"))
    language = forms.ChoiceField(label=gettext_lazy("Sprache"), required=False)

    def __init__(self, *args: Any, request: Request, person: Person) -> None:
        current = {name: getattr(person, name) for name in PERSON}
        super().__init__(*args, request=request, initial=dict(current), auto_id="identity-%s")
        self.track(record=person, current=current)
        language: Any = self.fields["language"]
        language.choices = languages(person.language)
        check_live(self["birth_date"], "birth-date")


class CompanyForm(ReconciledForm, CompanyPicker, OriginForm):
    """Name, legal form, numbers, industry, parent."""

    may_be_new = False
    name = forms.CharField(label=gettext_lazy("Name"), max_length=250)
    legal_form = forms.CharField(label=gettext_lazy("Rechtsform"), max_length=60, required=False)
    vat_id = forms.CharField(label=gettext_lazy("USt-IdNr."), max_length=20, required=False)
    erp_number = forms.CharField(label=gettext_lazy("ERP-Nummer"), max_length=60, required=False)
    website = forms.CharField(label=gettext_lazy("Website"), max_length=300, required=False)
    industry_codes = forms.CharField(
        label=gettext_lazy("Branche (WZ 2008)"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Ein oder mehrere Schlüssel, z. B. 26.51"),
    )
    company = forms.CharField(
        label=gettext_lazy("Muttergesellschaft"), max_length=250, required=False
    )

    def __init__(self, *args: Any, request: Request, record: Company) -> None:
        current = {name: getattr(record, name) for name in COMPANY}
        initial = {**current, "industry_codes": ", ".join(record.industry_codes)}
        super().__init__(*args, request=request, initial=initial, auto_id="identity-%s")
        self.track(record=record, current=current)
        self.offer(user=request.user, current=record.parent)
        check_live(self["name"], "company-name")
        check_live(self["vat_id"], "vat-id")

    def clean_industry_codes(self) -> list[str]:
        """The codes apart, each once."""
        text = self.cleaned_data["industry_codes"].replace(";", ",").replace(",", " ")
        codes = list(dict.fromkeys(text.split()))
        if wrong := [code for code in codes if not _is_code(code)]:
            raise forms.ValidationError(
                _("„%(code)s“ ist kein Schlüssel wie 26 oder 26.51.") % {"code": wrong[0]}
            )
        return codes

    def values(self) -> dict[str, Any]:
        """The fields of the service; the picker's company is the parent."""
        return {**super().values(), "parent": self.chosen}


class RemarkForm(ReconciledForm, OriginForm):
    """The remark alone."""

    remark = forms.CharField(
        label=gettext_lazy("Bemerkung"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, request: Request, record: Person | Company) -> None:
        current = {"remark": record.remark}
        super().__init__(*args, request=request, initial=dict(current), auto_id="remark-%s")
        self.track(record=record, current=current)


def _is_code(code: str) -> bool:
    return len(code) <= 10 and code[:2].isdecimal() and code.replace(".", "").isalnum()
