"""A row after cleaning: normalised, typed, plain data without a database."""

import copyreg
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, Literal, TypeVar

from contacts.importing.readers.table import Problem

Holder = Literal["person", "company"]
Kind = TypeVar("Kind")


def _sent_as_values(kind: type[Kind]) -> type[Kind]:
    """Have :mod:`pickle` keep the values of the fields without their names: half the time."""
    values = attrgetter(*kind.__annotations__)
    copyreg.pickle(kind, lambda record: (kind, values(record)))
    return kind


@_sent_as_values
@dataclass(slots=True)
class PreparedPerson:
    """A person's own fields as the model stores them, its number in the source, its role."""

    salutation: str = ""
    title: str = ""
    given_name: str = ""
    particle: str = ""
    surname: str = ""
    birth_date: date | None = None
    language: str = ""
    remark: str = ""
    number: str = ""
    function: str = ""
    department: str = ""


@_sent_as_values
@dataclass(slots=True)
class PreparedCompany:
    """A company's own fields as the model stores them, and its number in the source."""

    name: str
    legal_form: str = ""
    number: str = ""
    vat_id: str = ""
    industry: str = ""
    website: str = ""
    remark: str = ""


@_sent_as_values
@dataclass(slots=True)
class PreparedPoint:
    """A contact point; ``kind`` and ``purpose`` are codes of the model."""

    kind: str
    purpose: str
    normalised: str
    display: str
    holder: Holder


@_sent_as_values
@dataclass(slots=True)
class PreparedAddress:
    """An address; ``kind`` is a code of the model, ``key`` identifies the place."""

    kind: str
    street: str
    house_number: str
    extra: str
    po_box: str
    postal_code: str
    city: str
    country: str
    key: str = ""

    @property
    def display(self) -> str:
        """``Am Speicher 14, 10997 Berlin``, as :class:`contacts.models.Address` shows itself."""
        box = f"Postfach {self.po_box}" if self.po_box and not self.street else ""
        line = box or f"{self.street} {self.house_number}".strip()
        prefix = f"{self.country}-" if self.country != "DE" else ""
        place = f"{prefix}{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (line, place) if part)


@_sent_as_values
@dataclass(slots=True)
class PreparedValue:
    """An answer to a criterion, as it is stored."""

    criterion: str
    value: Any
    holder: Holder


@_sent_as_values
@dataclass(slots=True)
class PreparedRow:
    """What a row says. With ``errors`` it is refused as a whole.

    ``notes`` tell what was left out without refusing the row (a channel that the source does not
    license). ``fingerprint`` is the SHA-256 of the mapped cells.
    """

    number: int
    fingerprint: str
    person: PreparedPerson | None = None
    company: PreparedCompany | None = None
    points: list[PreparedPoint] = field(default_factory=list)
    addresses: list[PreparedAddress] = field(default_factory=list)
    values: list[PreparedValue] = field(default_factory=list)
    owner_email: str = ""
    confirmed_on: date | None = None
    errors: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
