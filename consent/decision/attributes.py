"""Whether something about a person may be kept as a qualification (Art. 5, 6 and 9 GDPR).

Special categories need an explicit consent for exactly that, personality traits a consent, what
business needs nothing. A name that nobody put in a list is treated like a special category.
"""

from dataclasses import dataclass
from enum import StrEnum

from consent.decision.codes import Outcome
from consent.decision.facts import Decision, Facts


class Kind(StrEnum):
    """How sensitive an attribute is."""

    BUSINESS = "business"
    PERSONALITY = "personality"
    SPECIAL = "special"


SPECIAL = frozenset(
    {
        "allergy",
        "biometric",
        "disability",
        "ethnicity",
        "genetic",
        "health",
        "political_opinion",
        "religion",
        "sexual_orientation",
        "trade_union",
        "worldview",
    }
)
PERSONALITY = frozenset(
    {
        "birthday",
        "character",
        "children",
        "family_status",
        "favourite_food",
        "football_club",
        "hobby",
        "holiday_destination",
        "income",
        "interests",
        "music",
        "pets",
    }
)
BUSINESS = frozenset(
    {
        "annual_revenue",
        "branch",
        "budget",
        "company_size",
        "contract_end",
        "decision_date",
        "decision_role",
        "delivery_term",
        "employees",
        "industry",
        "language",
        "machine_park",
        "need",
        "order_volume",
        "payment_terms",
        "preferred_contact_time",
        "product_interest",
        "supplier",
    }
)
_LAW = {
    Kind.BUSINESS: "Art. 6 Abs. 1 lit. b und f DSGVO",
    Kind.PERSONALITY: "Art. 5 Abs. 1 lit. c, Art. 6 Abs. 1 lit. a DSGVO",
    Kind.SPECIAL: "Art. 9 Abs. 1 und 2 lit. a DSGVO",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``is_unsettled``: some would keep it on a balance of interests (Art. 6(1)(f) GDPR)."""

    outcome: Outcome
    kind: Kind
    law: str
    is_unsettled: bool = False

    def __bool__(self) -> bool:
        return self.outcome is Outcome.ALLOW


def kind_of(attribute: str) -> Kind:
    """The kind of an attribute by its code; unknown: special."""
    if attribute in BUSINESS:
        return Kind.BUSINESS
    return Kind.PERSONALITY if attribute in PERSONALITY else Kind.SPECIAL


def may_store(*, kind: Kind, consent: str | None = None, needed_for: str | None = None) -> Answer:
    """Whether an attribute of this kind may be kept.

    ``consent`` is ``given`` or ``explicit``, for exactly this attribute; anything else is none.
    ``needed_for`` names the purpose for which the person told it: enough for a trait
    (Art. 6(1)(b) GDPR), for a special category only a reason to look at it.
    """
    outcome = {
        Kind.BUSINESS: _ordinary,
        Kind.PERSONALITY: _personality,
        Kind.SPECIAL: _special,
    }[kind](consent, bool(needed_for))
    is_unsettled = outcome is Outcome.REVIEW or (
        kind is Kind.PERSONALITY and outcome is Outcome.DENY
    )
    return Answer(outcome=outcome, kind=kind, law=_LAW[kind], is_unsettled=is_unsettled)


def consent_of(decision: Decision, facts: Facts) -> str | None:
    """What :func:`may_store` takes for the consent that a decision about a criterion rests on."""
    if not decision:
        return None
    rests_on = [each for each in facts.consents if each.event == decision.decisive]
    return "explicit" if any(each.is_explicit for each in rests_on) else "given"


def _ordinary(_consent: str | None, _is_needed: bool) -> Outcome:
    return Outcome.ALLOW


def _personality(consent: str | None, is_needed: bool) -> Outcome:
    return Outcome.ALLOW if is_needed or consent in ("given", "explicit") else Outcome.DENY


def _special(consent: str | None, is_needed: bool) -> Outcome:
    if consent == "explicit":
        return Outcome.ALLOW
    return Outcome.REVIEW if is_needed else Outcome.DENY
