"""The people who work at Nordlicht Messetechnik, and whose customers are whose."""

from dataclasses import dataclass
from typing import Final

PASSWORD: Final = "nordlicht"
DOMAIN: Final = "nordlicht.example"

NORTH: Final = "Vertrieb Nord"
SOUTH: Final = "Vertrieb Süd"
SERVICE: Final = "Service"
MARKETING: Final = "Marketing"
TEAMS: Final = (NORTH, SOUTH, SERVICE, MARKETING)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One log-in: ``<mailbox>@nordlicht.example``."""

    mailbox: str
    first_name: str
    last_name: str
    roles: tuple[str, ...]
    teams: tuple[str, ...]

    @property
    def email(self) -> str:
        """The log-in name."""
        return f"{self.mailbox}@{DOMAIN}"


COLLEAGUES: Final = (
    Colleague("admin", "Jan", "Petersen", ("ADMIN",), ()),
    Colleague("vertrieb", "Mareike", "Thoms", ("SALES",), (NORTH,)),
    Colleague("k.behrens", "Kai", "Behrens", ("SALES",), (NORTH,)),
    Colleague("vertrieb-sued", "Lukas", "Hofer", ("SALES",), (SOUTH,)),
    Colleague("a.oeztuerk", "Aylin", "Öztürk", ("SALES",), (SOUTH,)),
    Colleague("service", "Svenja", "Lorenz", ("SERVICE",), (SERVICE,)),
    Colleague("teamleitung", "Henning", "Carstens", ("TEAM_LEAD",), (NORTH, SOUTH)),
    Colleague("datenschutz", "Ute", "Adler", ("PRIVACY",), ()),
    Colleague("marketing", "Nele", "Jacobsen", ("SALES",), (MARKETING, NORTH, SOUTH)),
)
# One log-in per role, in the order in which they are shown.
SHOWN: Final = ("vertrieb", "service", "teamleitung", "datenschutz", "admin")

# First digit of a German postal code → whose customers they are.
AREAS: Final = {
    "0": "k.behrens",
    "1": "k.behrens",
    "2": "vertrieb",
    "3": "vertrieb",
    "4": "k.behrens",
    "5": "a.oeztuerk",
    "6": "a.oeztuerk",
    "7": "vertrieb-sued",
    "8": "vertrieb-sued",
    "9": "a.oeztuerk",
}


def responsible(*, postal_code: str, country: str) -> str:
    """E-mail of the sales representative for an address; the south looks after AT and CH."""
    mailbox = "vertrieb-sued" if country in ("AT", "CH") else AREAS.get(postal_code[:1], "vertrieb")
    return f"{mailbox}@{DOMAIN}"
