"""A record: one person as one file writes him or her."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Origin(StrEnum):
    """The four files."""

    ERP = "erp_kunden.csv"
    LIST = "marketing_adressen.xlsx"
    OUTLOOK = "outlook_kontakte.csv"
    FAIR = "messe_visitenkarten.vcf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What stands in one row. Everything is text as typed, but dates.

    ``entity`` and ``company_entity`` are the truth (0: a row without person or company);
    ``errors`` names what was done to a copy.
    """

    origin: Origin
    entity: int
    company_entity: int
    errors: tuple[str, ...] = ()
    salutation: str = ""
    title: str = ""
    given_name: str = ""
    particle: str = ""
    surname: str = ""
    birth_date: date | None = None
    language: str = ""
    function: str = ""
    department: str = ""
    person_number: str = ""
    company_name: str = ""
    legal_form: str = ""
    company_number: str = ""
    vat_id: str = ""
    wz_code: str = ""
    industry: str = ""
    staff_class: str = ""
    website: str = ""
    street: str = ""
    house_number: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    home_street: str = ""
    home_house_number: str = ""
    home_postal_code: str = ""
    home_city: str = ""
    home_country: str = ""
    email: str = ""
    private_email: str = ""
    phone: str = ""
    switchboard: str = ""
    mobile: str = ""
    fax: str = ""
    potential: str = ""
    credit: str = ""
    interests: tuple[str, ...] = ()
    greeting: str = ""
    owner_email: str = ""
    confirmed_on: date | None = None

    @property
    def company_full_name(self) -> str:
        """Name and legal form as one would write them."""
        return f"{self.company_name} {self.legal_form}".strip()

    @property
    def whole_surname(self) -> str:
        """Particle and surname."""
        return f"{self.particle} {self.surname}".strip()
