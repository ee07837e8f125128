"""Choosing a person while typing the name."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import search
from contacts.models import Person
from crm.accounts.models import User

MOST = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person that the text may mean, with a line that tells namesakes apart."""

    public_id: str
    name: str
    line: str = ""


class PersonPicker(forms.Form):
    """A text field and radios under it (``person_choice``: a public id).

    After validation :attr:`person_chosen` is the person or None. Mix it into a form and call
    :meth:`offer_persons`.
    """

    person = forms.CharField(label=gettext_lazy("Person"), max_length=250, required=False)
    person_kept: Person | None = None
    person_chosen: Person | None = None

    def offer_persons(self, *, user: User, current: Person | None = None) -> None:
        """Prepare the choice; ``current`` is who is chosen at first."""
        self.person_user, self.person_kept = user, current
        self.person_candidates: list[Candidate] = [_as_candidate(current)] if current else []
        self.person_choice = str(self.data.get("person_choice", "")) if self.is_bound else ""
        if current and not self.is_bound:
            self.person_choice = str(current.public_id)
            self.initial.setdefault("person", current.full_name)

    def clean_person(self) -> Any:
        """The text; :attr:`person_chosen` is whom it means."""
        text = str(self.cleaned_data["person"])
        if not text:
            self.person_candidates, self.person_choice = [], ""
            return text
        self.person_candidates = candidates(user=self.person_user, text=text)
        self.person_chosen = self._person_meant()
        if self.person_chosen is None:
            raise forms.ValidationError(_("Bitte wählen Sie die Person aus."))
        chosen = _as_candidate(self.person_chosen)
        if chosen.public_id not in [each.public_id for each in self.person_candidates]:
            self.person_candidates.insert(0, chosen)
        self.person_choice = chosen.public_id
        return text

    def _person_meant(self) -> Person | None:
        try:
            wanted = UUID(self.person_choice)
        except ValueError:
            if len(self.person_candidates) != 1:
                return None
            wanted = UUID(self.person_candidates[0].public_id)
        if self.person_kept and self.person_kept.public_id == wanted:
            return self.person_kept  # may stay, even if the user cannot see who it is
        return Person.objects.visible_to(self.person_user).filter(public_id=wanted).first()


def candidates(*, user: User, text: str) -> list[Candidate]:
    """Whom the text may mean, of those whom the user may see."""
    found = search.find(user=user, text=f"@{text}", limit=MOST).persons
    return [Candidate(str(hit.public_id), hit.name, hit.details_text) for hit in found]


def _as_candidate(person: Person) -> Candidate:
    return Candidate(str(person.public_id), person.full_name)
