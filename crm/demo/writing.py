"""How each of the four files writes down a person: its fields, its habits, its gaps."""

from datetime import date, timedelta
from random import Random

from crm.demo import companies, numbers, staff
from crm.demo.persons import Person
from crm.demo.records import Origin, Record

INTERNATIONAL = (2, 3, 5, 6)  # notations with +49, for numbers at addresses abroad
PHONE_STYLES = {Origin.ERP: (0, 0, 0, 1), Origin.OUTLOOK: (2, 2, 3, 1), Origin.FAIR: (3, 3, 1, 5)}
INTERESTS = (
    "Druckmessung", "Temperaturmessung", "Durchfluss", "Längenmesstechnik", "Kalibrierung",
    "Prüfstände", "Datenlogger", "Schulung",
)  # fmt: skip
EMPTY = Record(origin=Origin.ERP, entity=0, company_entity=0)


class Scribe:
    """Writes records of true persons and companies."""

    def __init__(self, random: Random, *, today: date) -> None:
        self._random = random
        self._today = today
        self._person_numbers = 40000

    def write(self, person: Person, *, origin: Origin) -> Record:
        """The person as a careful colleague would have entered him or her in that file."""
        fields: dict[str, object] = self._name(person)
        if person.company:
            fields |= self._company(person.company, origin) | {
                "company_entity": person.company.number,
                "function": person.function,
                "department": person.department if origin in (Origin.ERP, Origin.OUTLOOK) else "",
            }
        else:
            fields |= home(person) | {"company_entity": 0}
        fields |= self._reach(person, origin)
        if origin is Origin.OUTLOOK:
            fields |= self._outlook(person)
        elif origin is Origin.LIST:
            fields |= self._list(person)
        elif origin is Origin.ERP:
            self._person_numbers += self._random.randint(1, 3)
            fields["person_number"] = str(self._person_numbers)
        return Record(origin=origin, entity=person.number, **fields)  # type: ignore[arg-type]

    def write_company(self, company: companies.Company) -> Record:
        """A customer of the ERP without a contact person."""
        fields = self._company(company, Origin.ERP)
        return Record(origin=Origin.ERP, entity=0, company_entity=company.number, **fields)  # type: ignore[arg-type]

    def phone(self, phone: numbers.Phone, *, origin: Origin, country: str) -> str:
        """A number in a notation that is usual in the file; all numbers are German ones."""
        styles = PHONE_STYLES.get(origin) or tuple(numbers.STYLES)
        if country != "DE":
            styles = INTERNATIONAL
        return numbers.written(phone, style=self._random.choice(styles))

    def _name(self, person: Person) -> dict[str, object]:
        return {
            "salutation": person.salutation,
            "title": person.title,
            "given_name": person.given_name,
            "particle": person.particle,
            "surname": person.surname,
        }

    def _company(self, company: companies.Company, origin: Origin) -> dict[str, object]:
        place = company.place
        fields: dict[str, object] = {
            "company_name": company.name,
            "legal_form": company.legal_form,
            "website": company.website,
            "street": place.street,
            "house_number": place.house_number,
            "postal_code": place.postal_code,
            "city": place.city,
            "country": place.country,
            "switchboard": self.phone(
                company.line.switchboard(), origin=origin, country=place.country
            ),
            "owner_email": staff.responsible(postal_code=place.postal_code, country=place.country),
            "confirmed_on": self._confirmed(origin),
        }
        if origin is Origin.ERP:
            fields |= {
                "company_number": f"{10_000 + company.number * 3}",
                "vat_id": company.vat_id,
                "wz_code": company.industry.wz_code,
                "credit": company.credit,
            }
        if origin is Origin.LIST:
            fields |= {
                "industry": company.industry.label,
                "potential": company.potential,
                "staff_class": company.staff_class,
            }
        return fields

    def _reach(self, person: Person, origin: Origin) -> dict[str, object]:
        place = person.company.place if person.company else person.home
        has_phone = self._often(0.45 if origin is Origin.LIST else 0.82)
        fields: dict[str, object] = {
            "email": person.email if self._often(0.6 if origin is Origin.LIST else 0.88) else "",
            "phone": self.phone(person.phone, origin=origin, country=place.country)
            if person.phone and has_phone
            else "",
        }
        if person.mobile and self._often(0.5 if origin is Origin.LIST else 0.85):
            fields["mobile"] = self.phone(person.mobile, origin=origin, country=place.country)
        if not person.company or (origin is Origin.OUTLOOK and self._often(0.15)):
            fields["private_email"] = person.private_email
        if person.company and origin in (Origin.ERP, Origin.FAIR) and self._often(0.25):
            fax = person.company.line.extension(99)
            fields["fax"] = self.phone(fax, origin=origin, country=place.country)
        if origin is Origin.ERP and self._often(0.12):
            fields["birth_date"] = person.birth_date
        return fields

    def _outlook(self, person: Person) -> dict[str, object]:
        fields: dict[str, object] = {"language": person.language if self._often(0.2) else ""}
        if self._often(0.4):
            fields["birth_date"] = person.birth_date
        return fields | (home(person) if self._often(0.25) else {})

    def _list(self, person: Person) -> dict[str, object]:
        chosen = self._random.sample(INTERESTS, self._random.choice((0, 0, 1, 1, 2, 3)))
        greeting = f"Guten Tag {person.salutation} {person.title} {person.surname}"
        return {
            "interests": tuple(sorted(chosen)),
            "greeting": " ".join(greeting.split()) if self._often(0.12) else "",
        }

    def _confirmed(self, origin: Origin) -> date:
        years = {Origin.ERP: 6.0, Origin.OUTLOOK: 4.0, Origin.LIST: 0.7, Origin.FAIR: 0.2}[origin]
        return self._today - timedelta(days=round(365 * self._random.triangular(0.02, years, 0.1)))

    def _often(self, share: float) -> bool:
        return self._random.random() < share


def home(person: Person) -> dict[str, object]:
    """The private address as fields of a record."""
    place = person.home
    return {
        "home_street": place.street,
        "home_house_number": place.house_number,
        "home_postal_code": place.postal_code,
        "home_city": place.city,
        "home_country": place.country,
    }
