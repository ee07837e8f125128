"""What a request asks the house to do: the rule of each article, before anything is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from consent.requests.deadlines import months_later
from consent.retention import deciding
from consent.retention.deciding import Fate, Kept


class Article(StrEnum):
    """Which right is asked for, by its article in the GDPR."""

    WITHDRAWAL = "7.3"
    ACCESS = "15"
    RECTIFICATION = "16"
    ERASURE = "17"
    RESTRICTION = "18"
    PORTABILITY = "20"
    OBJECTION = "21"


class Step(StrEnum):
    """What follows from it."""

    DUE = "DUE"
    EXECUTE = "EXECUTE"
    EXECUTE_NOW = "EXECUTE_NOW"
    RESTRICT_AND_ASSESS = "RESTRICT_AND_ASSESS"
    PARTIAL = "PARTIAL"
    EXPORT = "EXPORT"
    REVIEW = "REVIEW"
    MAY_REFUSE = "MAY_REFUSE"
    REJECT_EXTENSION = "REJECT_EXTENSION"


PORTABLE = ("provided", "observed")
NOT_PORTABLE = ("inferred", "notes")
MONTHS_BETWEEN = 6
"""The same request again within that time may be excessive (Art. 12(5) GDPR)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a request. ``invoices`` are their days; ``recipients`` got data of the
    person before; ``answered_before`` is when the same was answered last."""

    article: Article
    received_on: date
    is_marketing: bool = True
    invoices: Sequence[date] = ()
    recipients: Sequence[str] = ()
    answered_before: date | None = None
    only_retained: bool = False
    is_locked: bool = False
    is_disproportionate: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """``details`` say what has to be done; ``is_open``: the law is unsettled here."""

    step: Step
    details: dict[str, Any] = field(default_factory=dict)
    is_open: bool = False


def answer(asked: Asked, *, today: date) -> Answer:
    """What the request leads to."""
    before = asked.answered_before
    if before is not None and asked.received_on < months_later(before, MONTHS_BETWEEN):
        return Answer(Step.REVIEW, {"document_reasons": True, "explain": True}, is_open=True)
    match asked.article:
        case Article.ACCESS:
            return _access(asked)
        case Article.RECTIFICATION:
            return Answer(Step.EXECUTE, {"notify": list(asked.recipients)})
        case Article.ERASURE:
            return _erasure(asked, today)
        case Article.RESTRICTION:
            return Answer(Step.EXECUTE, {"restriction": "18", "notify": list(asked.recipients)})
        case Article.PORTABILITY:
            return Answer(Step.EXPORT, {"include": list(PORTABLE), "exclude": list(NOT_PORTABLE)})
        case Article.OBJECTION if not asked.is_marketing:
            return Answer(Step.RESTRICT_AND_ASSESS, {"restriction": "18.1.d", "balancing": True})
        case Article.OBJECTION:
            return Answer(Step.EXECUTE_NOW, {"balancing": False, "stop": "marketing_all"})
        case Article.WITHDRAWAL:
            return Answer(Step.EXECUTE_NOW, {"balancing": False, "stop": "consent"})


def _access(asked: Asked) -> Answer:
    """§ 34(1) no. 2 BDSG asks for all three at once."""
    if asked.only_retained and asked.is_locked and asked.is_disproportionate:
        return Answer(Step.MAY_REFUSE, {"document_reasons": True, "explain": True}, is_open=True)
    return Answer(Step.DUE)


def _erasure(asked: Asked, today: date) -> Answer:
    held = []
    for day in sorted(asked.invoices):
        kept = Kept("booking_voucher", began_on=day, is_to_be_erased=True)
        found = deciding.decide(kept, today=today)
        if found.fate == Fate.HOLD_RESTRICTED:
            held.append(f"invoice {day} until {found.until}")
    notify = {"notify": list(asked.recipients)} if asked.recipients else {}
    if held:
        return Answer(Step.PARTIAL, {"erase": "rest", "held": held, "inform": True, **notify})
    return Answer(Step.EXECUTE, {"erase": "all", "held": [], "inform": True, **notify})
