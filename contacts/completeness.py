"""How complete a record is: a percentage with its parts shown."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Definition = dict[str, tuple[str | Promise, int]]

PERSON_PARTS: Definition = {
    "name": (_("Vor- und Nachname"), 20),
    "salutation": (_("Anrede"), 10),
    "email": (_("E-Mail"), 20),
    "phone": (_("Telefon oder Mobil"), 20),
    "address": (_("Anschrift"), 15),
    "employment": (_("Funktion in einer Firma"), 15),
}
COMPANY_PARTS: Definition = {
    "legal_form": (_("Rechtsform"), 10),
    "address": (_("Anschrift"), 25),
    "phone": (_("Telefon"), 20),
    "email": (_("E-Mail oder Website"), 15),
    "vat_id": (_("USt-IdNr. oder ERP-Nummer"), 15),
    "industry": (_("Branche"), 15),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a complete record has; ``weight`` in percentage points."""

    code: str
    name: str | Promise
    weight: int
    present: bool

    @property
    def label(self) -> str:
        """What it is called, in the reader's language."""
        return str(self.name)


def person_parts(
    *,
    given_name: str,
    surname: str,
    salutation: str,
    has_email: bool,
    has_phone: bool,
    has_address: bool,
    has_employment: bool,
) -> list[Part]:
    """What a person has of the six things that make it complete."""
    present = {
        "name": bool(given_name and surname),
        "salutation": bool(salutation),
        "email": has_email,
        "phone": has_phone,
        "address": has_address,
        "employment": has_employment,
    }
    return _parts(PERSON_PARTS, present)


def company_parts(
    *,
    legal_form: str,
    has_address: bool,
    has_phone: bool,
    has_email_or_website: bool,
    has_number: bool,
    has_industry: bool,
) -> list[Part]:
    """What a company has of the six things that make it complete."""
    present = {
        "legal_form": bool(legal_form),
        "address": has_address,
        "phone": has_phone,
        "email": has_email_or_website,
        "vat_id": has_number,
        "industry": has_industry,
    }
    return _parts(COMPANY_PARTS, present)


@lru_cache(maxsize=1 << 7)
def person_percentage(
    *,
    has_name: bool,
    has_salutation: bool,
    has_email: bool,
    has_phone: bool,
    has_address: bool,
    has_employment: bool,
) -> int:
    """The percentage of a person of which this is known, for many persons."""
    parts = person_parts(
        given_name="x" * has_name,
        surname="x" * has_name,
        salutation="x" * has_salutation,
        has_email=has_email,
        has_phone=has_phone,
        has_address=has_address,
        has_employment=has_employment,
    )
    return percentage(parts)


def percentage(parts: list[Part]) -> int:
    """The sum of the weights of what is there, 0 to 100."""
    return sum(part.weight for part in parts if part.present)


def _parts(definition: Definition, present: dict[str, bool]) -> list[Part]:
    return [
        Part(code=code, name=label, weight=weight, present=present[code])
        for code, (label, weight) in definition.items()
    ]
