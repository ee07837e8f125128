"""The live configuration as plain values: everything that a notice is generated from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Wording = Mapping[str, str]
"""A text by language: ``de``, ``en`` and ``plain`` (einfache Sprache)."""

LANGUAGES = ("de", "en", "plain")
PURPOSES = (
    "appointment", "enquiry", "fair", "contract", "advertising", "bought_addresses", "referral",
)  # fmt: skip
NOT_FROM_THE_PERSON = frozenset({"bought_addresses", "referral"})
"""Purposes whose data come from elsewhere: their notice is one of Art. 14."""

MARKETING = frozenset({"advertising", "bought_addresses"})
LEGAL_BASES = ("6.1.a", "6.1.b", "6.1.c", "6.1.d", "6.1.e", "6.1.f")
INTERESTS = ("direct_marketing", "planning", "legal_claims", "security", "follow_up", "group")
DATA = (
    "name",
    "phone",
    "email",
    "address",
    "company",
    "appointment",
    "notes",
    "contract",
    "origin",
)
OBLIGATIONS = ("voluntary", "contract", "statutory")
CATEGORIES = (
    "calendar", "hosting", "mail", "sms", "telephony", "field_service", "lettershop", "payment",
    "tax_adviser", "group", "partner", "authority",
)  # fmt: skip
KEPT = (
    "appointment", "enquiry", "contract", "trade_letter", "voucher", "advertising",
    "phone_consent_proof", "consent_proof", "bought_address", "notice_log",
)  # fmt: skip
STARTS = ("collection", "process", "relation", "year_end", "use", "objection")
EEA = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
        "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
SAFEGUARDS = ("adequacy", "privacy_framework", "clauses", "corporate_rules")
SOURCES = ("supplier", "public", "third_person", "list")


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """The controller (Art. 4(7) GDPR) as it is named to people."""

    id: str
    name: str
    street: str = ""
    postal_code: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    representative: str = ""
    officer: str = ""
    officer_contact: str = ""
    authority: str = ""

    @property
    def has_officer(self) -> bool:
        """Whether a data-protection officer is designated."""
        return bool(self.officer or self.officer_contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who gets data: a processor or a controller of its own; ``country`` by ISO 3166."""

    id: str
    name: str
    category: str
    country: str = "DE"
    safeguard: str = ""
    copy_at: str = ""
    is_surprising: bool = False

    @property
    def is_abroad(self) -> bool:
        """Whether it sits outside of the European Economic Area."""
        return self.country not in EEA


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """How long a kind of data is kept; no months: until what ``start`` names."""

    kind: str
    months: int
    start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """One purpose of one controller; ``unnamed`` are integrations that stand for no recipient."""

    purpose: str
    controller: Responsible
    legal_bases: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    periods: tuple[Period, ...] = ()
    obligation: str = ""
    is_automated: bool = False
    logic: Wording = field(default_factory=dict)
    consequences: Wording = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()

    @property
    def article(self) -> int:
        """13, or 14 where the data come from elsewhere."""
        return 14 if self.purpose in NOT_FROM_THE_PERSON else 13

    @property
    def is_marketing(self) -> bool:
        """Whether the purpose is direct marketing (Art. 21(2) GDPR)."""
        return self.purpose in MARKETING or "direct_marketing" in self.interests

    @property
    def abroad(self) -> tuple[Recipient, ...]:
        """Recipients in third countries."""
        return tuple(each for each in self.recipients if each.is_abroad)
