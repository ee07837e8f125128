"""What is due to a person: everything that applies, less what they provably have (Art. 13(4))."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum, auto

from consent.notices.rules import dates, items

PROVEN = frozenset({"read_aloud", "delivered", "handed_over"})
TELEPHONE = frozenset({"phone", "phone_inbound"})
SENT_COUNTS_AFTER = timedelta(hours=24)
"""Policy: what was sent and did not bounce for a day has arrived."""


class Outcome(StrEnum):
    NONE = "NONE"
    LAYERED = "LAYERED"
    FULL = "FULL"
    DELTA = "DELTA"
    DEFER_TO_APPOINTMENT = "DEFER_TO_APPOINTMENT"
    REVIEW = "REVIEW"


class Profile(StrEnum):
    """Whose reading of the law the installation follows."""

    WP260 = "wp260"
    BRANDENBURG = "brandenburg"


class Doubt(StrEnum):
    """Where an authority might see it otherwise."""

    FILING_SYSTEM = auto()
    FOREIGN_LANGUAGE = auto()
    DEFERRED = auto()
    SISTER_COMPANY = auto()
    REST_REFUSED = auto()
    PUBLIC_SOURCE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """How data come in: ``source`` is ``data_subject`` or where else they come from."""

    at: datetime
    medium: str
    source: str = "data_subject"
    storage: str = "electronic"
    is_personal: bool = True
    appointment_on: date | None = None
    first_communication_at: datetime | None = None
    disclosed_at: datetime | None = None
    is_rest_refused: bool = False

    @property
    def article(self) -> int:
        """13 for what the person tells, 14 for what comes from elsewhere."""
        return 13 if self.source == "data_subject" else 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """The notice in force: the hash of each item that applies, and which of them surprise."""

    hashes: Mapping[str, str]
    surprising: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """That somebody was told something, or that it was tried; ``is_whole``: a full notice."""

    at: datetime
    status: str
    medium: str
    hashes: Mapping[str, str]
    controller: str
    language: str = ""
    version: str = ""
    reference: str = ""
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked; ``language`` is that of the person, empty if nobody knows it."""

    at: datetime
    controller: str
    collection: Collection
    current: Current
    given: tuple[Given, ...] = ()
    language: str = ""
    profile: str = Profile.WP260


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is due. ``known`` tells of the other items when they were told last.

    ``new`` are those of ``items`` to somebody who holds a whole notice: what changed since.
    """

    outcome: Outcome
    article: int | None = None
    items: tuple[str, ...] = ()
    first_layer: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    due_by: date | None = None
    known: Mapping[str, datetime] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


def answer(question: Question) -> Answer:
    """What of the notice in force is due to the person now."""
    collection = question.collection
    if not collection.is_personal or collection.storage == "paper_unstructured":
        return Answer(outcome=Outcome.NONE)
    own = [each for each in question.given if each.controller == question.controller]
    proven = [each for each in own if _is_proven(each, own, question.at)]
    understood = [each for each in proven if _is_understood(each, question.language)]
    known = _known(question, understood)
    due = tuple(item for item in items.ordered(question.current.hashes) if item not in known)
    outcome, doubts = _outcome(question, due, proven)
    holds_one = any(each.is_whole for each in understood)
    return Answer(
        outcome=outcome,
        article=collection.article,
        items=due,
        first_layer=_first_layer(question, due),
        new=due if holds_one else (),
        due_by=_due_by(collection, outcome) if due else None,
        known=known,
        doubts=tuple(doubts),
    )


def _outcome(
    question: Question, due: tuple[str, ...], proven: list[Given]
) -> tuple[Outcome, list[Doubt]]:
    if not due:
        return Outcome.NONE, []
    collection = question.collection
    doubts = list(_doubts(question, due))
    if collection.storage == "paper_structured":
        return Outcome.REVIEW, [Doubt.FILING_SYSTEM, *doubts]
    if len(_known(question, proven)) + len(due) > len(question.current.hashes):
        return Outcome.REVIEW, [Doubt.FOREIGN_LANGUAGE, *doubts]
    if _may_wait(question):
        return Outcome.DEFER_TO_APPOINTMENT, [Doubt.DEFERRED, *doubts]
    if len(due) < len(question.current.hashes):
        return Outcome.DELTA, doubts
    is_call = collection.article == 13 and collection.medium in TELEPHONE
    return Outcome.LAYERED if is_call else Outcome.FULL, doubts


def _doubts(question: Question, due: tuple[str, ...]) -> Iterable[Doubt]:
    others = [each for each in question.given if each.controller != question.controller]
    elsewhere = _known(question, [e for e in others if _is_proven(e, others, question.at)])
    if elsewhere.keys() & set(due):
        yield Doubt.SISTER_COMPANY
    if question.collection.is_rest_refused:
        yield Doubt.REST_REFUSED
    if question.collection.source == "public":
        yield Doubt.PUBLIC_SOURCE


def _known(question: Question, given: Iterable[Given]) -> dict[str, datetime]:
    """Items of which the last thing told is what holds now, and when it was told."""
    last: dict[str, tuple[datetime, str]] = {}
    for each in sorted(given, key=lambda each: each.at):
        for item, told in each.hashes.items():
            last[items.topic(item)] = (each.at, told)
    known = {}
    for item, now in question.current.hashes.items():
        latest = last.get(items.topic(item))
        if latest is not None and latest[1] == now:
            known[item] = latest[0]
    return known


def _is_proven(given: Given, all_given: Iterable[Given], at: datetime) -> bool:
    if given.at > at:
        return False
    bounced = [each for each in all_given if each.status == "bounced" and given.at <= each.at <= at]
    if given.reference and any(each.reference == given.reference for each in bounced):
        return False
    if given.status != "sent":
        return given.status in PROVEN
    same = any(
        (each.version, each.medium) == (given.version, given.medium) and not each.reference
        for each in bounced
    )
    return not same and given.at + SENT_COUNTS_AFTER <= at


def _is_understood(given: Given, language: str) -> bool:
    """Plain German is German."""
    told = "de" if given.language == "plain" else given.language
    wanted = "de" if language == "plain" else language
    return not told or not wanted or told == wanted


def _first_layer(question: Question, due: tuple[str, ...]) -> tuple[str, ...]:
    surprising = question.current.surprising
    return tuple(i for i in due if items.topic(i) in items.FIRST_LAYER or i in surprising)


def _may_wait(question: Question) -> bool:
    collection = question.collection
    return (
        question.profile == Profile.BRANDENBURG
        and collection.article == 13
        and collection.medium in TELEPHONE
        and collection.appointment_on is not None
        and dates.day_of(question.at) <= collection.appointment_on
    )


def _due_by(collection: Collection, outcome: Outcome) -> date | None:
    if collection.article == 14:
        return dates.due_by(
            collected_at=collection.at,
            first_communication_at=collection.first_communication_at,
            disclosed_at=collection.disclosed_at,
        )
    return collection.appointment_on if outcome == Outcome.DEFER_TO_APPOINTMENT else None
