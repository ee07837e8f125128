"""Who is calling: the holders of a number in any notation, as the agent may see them.

Whoever the agent may not see has no name here, only that there is somebody.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from contacts.matching import normalise
from contacts.models import Company, Employment, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel.prepared import prepared
from history import caller_background
from history.caller_background import Background
from history.calls import numbers

MOST: Final = 10
_LONGEST_EXTENSION = 5
_SHORTEST_STEM = 7  # "+493012"
_SHORTEST_ENDING = 5
_AFTER = "\U0010ffff"
_HOLDERS = """
    SELECT point.normalised, held.person_id, held.company_id
    FROM contacts_contactpoint AS point
    JOIN contacts_contactpointholder AS held ON held.contact_point_id = point.id
    WHERE {condition} AND point.kind IN ('PHONE', 'MOBILE')
        AND held.status IN ('ACTIVE', 'BOUNCED')
    ORDER BY held.is_preferred DESC, held.id
    LIMIT 200
"""


class Certainty(StrEnum):
    """How well a number tells who calls."""

    ONE = "one"
    SEVERAL = "several"
    SWITCHBOARD = "switchboard"
    HIDDEN = "hidden"
    NONE = "none"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who holds the number. ``company`` is where a person works, ``company_id`` its
    record if the agent may see it."""

    kind: str
    public_id: UUID
    name: str
    company: str = ""
    company_id: UUID | None = None
    function: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """``number`` is E.164 where it can be read, ``display`` how it is shown.

    ``has_hidden``: somebody whom the agent may not see holds it, too. ``background`` is told of
    one certain caller and of one company alone.
    """

    certainty: Certainty
    number: str = ""
    display: str = ""
    callers: list[Caller] = field(default_factory=list)
    has_hidden: bool = False
    background: Background | None = None


def find(*, user: User, number: str) -> Answer:
    """Who holds a number, or stands behind it as its switchboard; nine queries at the most.

    :raises errors.NotPermitted: the role may see no contacts
    """
    policy.require(user, policy.Permission.CONTACTS_VIEW)
    if numbers.is_suppressed(number):
        return Answer(Certainty.SUPPRESSED)
    known = numbers.e164(number)
    display = normalise.phone_text(known) if known else number.strip()
    persons, companies = _by_number(known) if known else _by_ending(number)
    if not persons and not companies:
        return Answer(Certainty.NONE, known, display)
    people = _people(user, persons[:MOST])
    firms = [] if persons else _firms(user, companies[:MOST])
    shown = people or firms
    held = len(persons) or len(companies)
    has_hidden = len(shown) < min(held, MOST)
    certainty = _certainty(held, shown=len(shown), has_person=bool(persons))
    alone = shown[0] if len(shown) == held == 1 else None
    background = (
        caller_background.of(user=user, record=alone.record, number=known) if alone else None
    )
    return Answer(
        certainty, known, display, [each.caller for each in shown], has_hidden, background
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A caller and its row."""

    caller: Caller
    record: Person | Company


def _certainty(held: int, *, shown: int, has_person: bool) -> Certainty:
    if not shown:
        return Certainty.HIDDEN
    if held > 1:
        return Certainty.SEVERAL
    return Certainty.ONE if has_person else Certainty.SWITCHBOARD


def _by_number(number: str) -> tuple[list[int], list[int]]:
    """Persons and companies that hold the number, else the company with the longest number that
    this one is an extension of."""
    stems = _stems(number)
    rows = _fetch("point.normalised = ANY(%s)", [[number, *stems]])
    exact = [row for row in rows if row[0] == number]
    if exact:
        return _told(exact)
    behind = [row for row in rows if row[2]]
    nearest = min((stems.index(row[0]) for row in behind), default=None)
    return [], _told([row for row in behind if stems.index(row[0]) == nearest])[1]


def _stems(number: str) -> list[str]:
    """Numbers of switchboards that this one may be an extension of, the longest first."""
    if normalise.phone(number).kind == "mobile":
        return []
    shorter = (number[:-cut] for cut in range(1, _LONGEST_EXTENSION + 1))
    longer = [stem for stem in shorter if len(stem) >= _SHORTEST_STEM]
    stems = [each for stem in (number, *longer) for each in (f"{stem}0", stem)]
    return [each for each in stems if each != number]


def _by_ending(text: str) -> tuple[list[int], list[int]]:
    """Holders of numbers that end so: a number was typed without its area code."""
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdecimal())
    if not _SHORTEST_ENDING <= len(digits) <= 20 or any(sign.isalpha() for sign in text):
        return [], []
    condition = "reverse(point.normalised) >= %s AND reverse(point.normalised) < %s"
    return _told(_fetch(condition, [digits[::-1], digits[::-1] + _AFTER]))


def _fetch(condition: str, values: list[Any]) -> list[tuple[str, int | None, int | None]]:
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS.format(condition=condition), values)
        return list(cursor.fetchall())


def _told(rows: list[tuple[str, int | None, int | None]]) -> tuple[list[int], list[int]]:
    persons = dict.fromkeys(person for _number, person, _company in rows if person)
    companies = dict.fromkeys(company for _number, _person, company in rows if company)
    return list(persons), list(companies)


def _people(user: User, ids: list[int]) -> list[Shown]:
    if not ids:
        return []
    seen = {each.pk: each for each in _seen(user=user, model=Person, numbers=tuple(ids))}
    roles: dict[int, Employment] = {}
    for role in _roles(user=user, persons=tuple(seen)):
        roles.setdefault(role.person_id, role)
    return [Shown(_person(seen[pk], roles.get(pk)), seen[pk]) for pk in ids if pk in seen]


@prepared
def _seen(*, user: User, model: type[Any], numbers: tuple[int, ...]) -> QuerySet[Any]:
    seen: QuerySet[Any] = model.objects.visible_to(user).order_by()
    return seen.filter(pk__in=numbers).defer("search")


@prepared
def _roles(*, user: User, persons: tuple[int, ...]) -> QuerySet[Employment]:
    companies = Company.objects.visible_to(user).order_by()
    return (
        Employment.objects.filter(person__in=persons, ended_on=None)
        .annotate(company_is_seen=Exists(companies.filter(pk=OuterRef("company"))))
        .select_related("company")
        .defer("company__search")
        .order_by("-is_primary", "-id")
    )


def _person(person: Person, role: Any) -> Caller:
    return Caller(
        kind="person",
        public_id=person.public_id,
        name=person.full_name,
        company=role.company.full_name if role else "",
        company_id=role.company.public_id if role and role.company_is_seen else None,
        function=role.function if role else "",
    )


def _firms(user: User, ids: list[int]) -> list[Shown]:
    seen = {each.pk: each for each in _seen(user=user, model=Company, numbers=tuple(ids))}
    return [
        Shown(Caller("company", seen[pk].public_id, seen[pk].full_name), seen[pk])
        for pk in ids
        if pk in seen
    ]
