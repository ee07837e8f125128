"""Choosing a company while typing its name, or making a new one of that name."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import company_choice
from contacts.models import Company
from crm.accounts.models import User

NEW = "new"


class CompanyPicker(forms.Form):
    """A text field and radios under it (``company_choice``: a public id or ``new``).

    Mixed into a form with a ``request``. After validation :attr:`chosen` is the company or None,
    :attr:`new_name` the name of a company to be created.
    """

    company = forms.CharField(label=gettext_lazy("Firma"), max_length=250, required=False)
    may_be_new = True
    kept: Company | None = None
    chosen: Company | None = None
    new_name = ""

    def offer(self, *, user: User, current: Company | None = None) -> None:
        """Prepare the choice; ``current`` is the company that is chosen at first."""
        self.user, self.kept = user, current
        self.candidates: list[Company] = [current] if current else []
        self.choice = str(self.data.get("company_choice", "")) if self.is_bound else ""
        if current and not self.is_bound:
            self.choice = str(current.public_id)
            self.initial.setdefault("company", current.full_name)

    def clean_company(self) -> Any:
        """The text; :attr:`chosen` or :attr:`new_name` hold what it means."""
        text = str(self.cleaned_data["company"])
        if not text:
            self.candidates = []
            return text
        self.candidates = company_choice.companies_like(user=self.user, text=text)
        self.chosen = self._chosen(text)
        if self.chosen or (self.choice == NEW and self.may_be_new):
            self.new_name = "" if self.chosen else text
            return text
        self.choice = preselected(self.candidates, text, may_be_new=self.may_be_new)
        raise forms.ValidationError(
            _("Bitte wählen Sie die Firma aus oder legen Sie sie neu an.")
            if self.may_be_new
            else _("Bitte wählen Sie die Firma aus.")
        )

    def _chosen(self, text: str) -> Company | None:
        try:
            wanted = UUID(self.choice)
        except ValueError:
            same = [each for each in self.candidates if company_choice.same_name(each, text)]
            alone = len(self.candidates) == 1 and same and self.choice != NEW
            return same[0] if alone else None
        if self.kept and self.kept.public_id == wanted:
            found: Company | None = self.kept  # it may stay, even if the user cannot see it
        else:
            found = Company.objects.visible_to(self.user).filter(public_id=wanted).first()
        if found and found not in self.candidates:
            self.candidates.insert(0, found)
        return found


def preselected(candidates: list[Company], text: str, *, may_be_new: bool) -> str:
    """Which radio is on before anybody chose: the only company of that name, else a new one."""
    same = [each for each in candidates if company_choice.same_name(each, text)]
    if len(same) == 1:
        return str(same[0].public_id)
    return NEW if may_be_new and not candidates else ""
