"""What is asked, what is known, what is answered: plain values.

Every fact has the instant from which it is effective (``at``) and the instant from which it was
known here (``recorded_at``), both aware; ``event`` is the id of the ledger event it came from.
Persons, contact points and controllers are opaque ids.
"""

from dataclasses import dataclass
from datetime import date, datetime

from consent.decision.codes import Code, Doubt, Duty, Ground, Outcome, Remedy

RULESET = "2026-11"
"""Version of the rules, kept with every decision; in force since :data:`VALID_FROM`."""
VALID_FROM = date(2026, 11, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the installation decides itself; months are calendar months."""

    profile: str = "strict_de"
    review_after_months: int = 24
    stale_after_months: int = 48
    presumed_months: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is about to go out. ``has_opt_out_notice`` None: not written yet, so it is a duty."""

    has_ad_content: bool = False
    has_opt_out_notice: bool | None = None
    has_art14_notice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """May ``person`` be contacted over ``point`` at ``at``, as known at ``known_at``?

    ``known_at`` None: with everything that is recorded. ``subjects`` are further ids of the same
    person (merged ones). With a ``criterion`` (its code; ``named`` is what it is called) the
    question is whether an answer to it may be kept: ``point`` and ``channel`` say nothing then.
    """

    person: str
    point: str
    channel: str
    purpose: str
    controller: str
    at: datetime
    known_at: datetime | None = None
    message: Message = Message()
    subjects: frozenset[str] = frozenset()
    criterion: str = ""
    named: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    at: datetime
    recorded_at: datetime
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The contact point asked about. ``holders`` are the ids of all persons who hold it."""

    status: str = "active"
    source: str = "data_subject"
    holders: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(Fact):
    """Of some channels and purposes of a consent; empty: of all."""

    channels: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    kind: str = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation(Fact):
    """``how``: email_link, sms_code or in_channel_reply, over contact point ``point``."""

    how: str
    point: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Fact):
    """One declaration; ``at`` is when it was given.

    One with a ``criterion`` (as it was ``named`` then) is about an answer that may be kept, over
    no channel; ``is_explicit`` as Art. 9(2)(a) GDPR wants it.
    """

    person: str
    point: str
    controller: str
    channels: frozenset[str]
    purposes: frozenset[str]
    method: str
    has_proof: bool = True
    grade: str = "A"
    text_missing: tuple[str, ...] = ()
    is_preticked: bool = False
    coupled: str = ""
    is_tainted: bool = False
    has_guardian: bool = False
    valid_until: datetime | None = None
    criterion: str = ""
    named: str = ""
    is_explicit: bool = False
    confirmations: tuple[Confirmation, ...] = ()
    uses: tuple[Fact, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection(Fact):
    """``scope``: marketing_all, channel, cp or purpose; ``value`` the code or the point's id."""

    scope: str
    value: str = ""
    person: str
    lifted: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression(Fact):
    """The point's value stands on ``list`` for ``channel`` or ``*``."""

    channel: str
    list: str
    lifted: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction(Fact):
    """Art. 18 GDPR, until ``lifted``."""

    lifted: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale(Fact):
    """A customer relation. ``point`` is the address it brought along, if any."""

    sale: str = "paid"
    point: str | None = None
    is_from_sale: bool = False
    is_own_similar: bool = False
    has_notice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Presumed(Fact):
    """Circumstances from which a business's interest in a call is presumed."""

    is_documented: bool
    is_concrete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Fact):
    """A relation: contract, appointment or request; ``until`` its last instant."""

    relation: str
    given_for: frozenset[str] | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptInRequest(Fact):
    """An open double opt-in; ``sent`` confirmation mails went out for it."""

    sent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that bears on a question; what is absent does not exist."""

    point: Point = Point()
    recipient_type: str = "unknown"
    born: date | None = None
    died: Fact | None = None
    consents: tuple[Consent, ...] = ()
    objections: tuple[Objection, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    sales: tuple[Sale, ...] = ()
    presumed: tuple[Presumed, ...] = ()
    services: tuple[Service, ...] = ()
    requests: tuple[OptInRequest, ...] = ()
    is_art14_due: bool = False
    informed: tuple[Fact, ...] = ()
    identified: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule that ran: its name, whether it let the contact pass, which events it looked at."""

    rule: str
    passed: bool
    codes: tuple[Code, ...] = ()
    events: tuple[str, ...] = ()
    law: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer. ``codes`` refuse or doubt, ``duties`` oblige; both in the order of the rules.

    ``decisive`` is the event that it rests on, effective from ``decisive_at``; ``doubts`` name
    where the law is unsettled, ``would_allow`` what would turn a no.
    """

    outcome: Outcome
    ground: Ground
    codes: tuple[Code, ...] = ()
    duties: tuple[Duty, ...] = ()
    channel: str = ""
    decisive: str = ""
    decisive_at: datetime | None = None
    rule: str = ""
    checked: tuple[Check, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    would_allow: tuple[Remedy, ...] = ()
    ruleset: str = RULESET
    profile: str = "strict_de"

    def __bool__(self) -> bool:
        return self.outcome in (Outcome.ALLOW, Outcome.ALLOW_IF)
