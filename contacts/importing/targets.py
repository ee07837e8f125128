"""What a column can mean: the fields an import can fill."""

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

Group = Literal["person", "company", "contact_point", "address", "criterion", "row"]
CRITERION: Final = "criterion."
LABEL: Final = "label"


@dataclass(frozen=True, slots=True)
class Target:
    """One field.

    ``limit`` is the greatest number of characters (0: checked elsewhere); ``joined_by`` says that
    several columns may be mapped to it and are put together; ``many`` that each is a value of its
    own, as is each part of a cell split at `` ::: ``.
    """

    code: str
    label: Promise | str
    group: Group
    limit: int = 0
    joined_by: str | None = None
    many: bool = False

    @property
    def takes_one_column(self) -> bool:
        """Whether a second column for it would be a contradiction."""
        return not self.many and self.joined_by is None and self.code != LABEL


_PERSON: Final = (
    Target("person.salutation", _("Anrede"), "person", 60),
    Target("person.title", _("Titel"), "person", 100, joined_by=" "),
    Target("person.given_name", _("Vorname"), "person", 150, joined_by=" "),
    Target("person.particle", _("Namenszusatz (von, van der)"), "person", 50, joined_by=" "),
    Target("person.surname", _("Nachname"), "person", 150),
    Target("person.full_name", _("Ganzer Name"), "person", 300),
    Target("person.surname_given", _("Nachname, Vorname"), "person", 300),
    Target("person.birth_date", _("Geburtsdatum"), "person", 40),
    Target("person.language", _("Sprache"), "person", 40),
    Target("person.number", _("Personennummer"), "person", 200),
    Target("person.remark", _("Bemerkung"), "person", 10_000, joined_by="\n"),
    Target("employment.function", _("Funktion"), "person", 200, joined_by=", "),
    Target("employment.department", _("Abteilung"), "person", 200, joined_by=", "),
)
_COMPANY: Final = (
    Target("company.name", _("Firma"), "company", 250, joined_by=" "),
    Target("company.legal_form", _("Rechtsform"), "company", 60),
    Target("company.number", _("Kundennummer"), "company", 60),
    Target("company.vat_id", _("USt-IdNr."), "company", 40),
    Target("company.industry", _("Branche (WZ 2008)"), "company", 40),
    Target("company.website", _("Internetseite"), "company", 300),
)
_POINTS: Final = (
    Target("email.business", _("E-Mail geschäftlich"), "contact_point", 254, many=True),
    Target("email.private", _("E-Mail privat"), "contact_point", 254, many=True),
    Target("email.other", _("E-Mail"), "contact_point", 254, many=True),
    Target("phone.business", _("Telefon geschäftlich"), "contact_point", 60, many=True),
    Target("phone.private", _("Telefon privat"), "contact_point", 60, many=True),
    Target("phone.switchboard", _("Telefon Zentrale"), "contact_point", 60, many=True),
    Target("mobile.business", _("Mobil geschäftlich"), "contact_point", 60, many=True),
    Target("mobile.private", _("Mobil privat"), "contact_point", 60, many=True),
    Target("fax.business", _("Fax geschäftlich"), "contact_point", 60, many=True),
    Target("fax.private", _("Fax privat"), "contact_point", 60, many=True),
    Target("messenger.private", _("Messenger"), "contact_point", 400, many=True),
    Target("social.business", _("Soziales Netzwerk"), "contact_point", 400, many=True),
    Target("email.labelled", _("E-Mail, Art aus Nachbarspalte"), "contact_point", 254, many=True),
    Target("phone.labelled", _("Telefon, Art aus Nachbarspalte"), "contact_point", 60, many=True),
)
_ADDRESS_PARTS: Final = (
    ("street_line", _("Straße und Hausnummer"), 200, " "),
    ("house_number", _("Hausnummer"), 20, None),
    ("extra", _("Adresszusatz"), 200, ", "),
    ("postal_code", _("PLZ"), 20, None),
    ("city", _("Ort"), 150, None),
    ("postal_code_city", _("PLZ und Ort"), 170, None),
    ("country", _("Land"), 60, None),
    ("po_box", _("Postfach"), 40, None),
)
_ADDRESS_KINDS: Final = (
    ("business", _("geschäftlich")),
    ("private", _("privat")),
    ("labelled", _("Art aus Nachbarspalte")),
)
_ROW: Final = (
    Target(LABEL, _("Art der Angabe nebenan"), "row", 60),
    Target("owner.email", _("Zuständig (E-Mail)"), "row", 254),
    Target("confirmed_at", _("Zuletzt bestätigt am"), "row", 40),
)


def _addresses() -> tuple[Target, ...]:
    return tuple(
        Target(
            f"address.{kind}.{part}",
            format_lazy("{}, {}", label, kind_label),
            "address",
            limit,
            joined_by=joined_by,
        )
        for kind, kind_label in _ADDRESS_KINDS
        for part, label, limit, joined_by in _ADDRESS_PARTS
    )


TARGETS: Final = {
    target.code: target for target in (*_PERSON, *_COMPANY, *_POINTS, *_addresses(), *_ROW)
}


def find(code: str) -> Target | None:
    """The target of that code; any ``criterion.<code>`` is one."""
    if code.startswith(CRITERION) and len(code) > len(CRITERION):
        return Target(code, code.removeprefix(CRITERION), "criterion", 1000)
    return TARGETS.get(code)
