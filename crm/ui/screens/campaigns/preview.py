"""The result of a check as the screen shows it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from consent.campaigns import Reason, Result
from consent.decision.codes import Code, Ground, Outcome
from consent.decision.words import words_of
from contacts.models import Person
from crm.accounts.models import User

WIDTH = 1000
LIGHTS = {Outcome.ALLOW: "yes", Outcome.ALLOW_IF: "if", Outcome.REVIEW: "check", Outcome.DENY: "no"}


@dataclass(frozen=True, slots=True)
class Name:
    """One of the persons behind a reason."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A reason: ``light`` is that of the outcome, ``width`` in thousandths of the longest bar."""

    light: str
    word: str
    brief: str
    sentence: str
    count: int
    share: float
    width: str
    names: list[Name] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """Everybody with the same outcome."""

    light: str
    word: str
    count: int
    share: float


def parts(result: Result) -> list[Part]:
    """How many by outcome, all four of them."""
    return [
        Part(
            LIGHTS[outcome],
            word_of(outcome),
            result.outcomes.get(outcome, 0),
            _share(result.outcomes.get(outcome, 0), result),
        )
        for outcome in Outcome
    ]


def bars(result: Result, *, user: User) -> list[Bar]:
    """The reasons, the most frequent first, each with some names that the user may see."""
    names = _names([pk for reason in result.reasons for pk in reason.sample], user)
    longest = max((reason.count for reason in result.reasons), default=1)
    return [_bar(reason, result, longest, names) for reason in result.reasons]


def word_of(outcome: str) -> str:
    """An outcome in a word or two."""
    return {
        Outcome.ALLOW: _("erlaubt"),
        Outcome.ALLOW_IF: _("mit Auflagen"),
        Outcome.REVIEW: _("zu prüfen"),
        Outcome.DENY: _("nicht erlaubt"),
    }[Outcome(outcome)]


def _bar(reason: Reason, result: Result, longest: int, names: dict[int, Name]) -> Bar:
    words = words_of(translation.get_language() or "de")
    outcome = Outcome(reason.outcome)
    is_ground = outcome in (Outcome.ALLOW, Outcome.ALLOW_IF)
    told = words.grounds[Ground(reason.code)] if is_ground else words.codes[Code(reason.code)]
    return Bar(
        light=LIGHTS[outcome],
        word=word_of(outcome),
        brief=told.brief[:1].upper() + told.brief[1:],
        sentence=told.sentence,
        count=reason.count,
        share=_share(reason.count, result),
        width=str(max(4, round(WIDTH * reason.count / longest))),
        names=[names[pk] for pk in reason.sample if pk in names],
    )


def _share(count: int, result: Result) -> float:
    return count / result.persons if result.persons else 0


def _names(ids: Iterable[int], user: User) -> dict[int, Name]:
    persons = Person.objects.visible_to(user).filter(pk__in=list(ids)).defer("search")
    return {
        person.pk: Name(person.full_name, reverse("person-detail", args=[person.public_id]))
        for person in persons
    }
