"""Global search: names also by sound, parts of names, companies, numbers and addresses.

Only what the user may see. Screen, API and command call :func:`find`; how it works and what it
costs is told in docs/algorithms/suche.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from contacts.searching import courses, hits, stages
from contacts.searching.hits import Chosen, Hit
from contacts.searching.lookups import Candidate
from contacts.searching.query import Query, parse
from contacts.searching.scopes import scope_of
from contacts.searching.stages import Found
from crm.accounts.models import User

LIMIT = 8
MOST = 50


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, best first; ``more_…``: there is more than was asked for."""

    query: Query
    persons: tuple[Hit, ...] = ()
    companies: tuple[Hit, ...] = ()
    more_persons: bool = False
    more_companies: bool = False

    def __bool__(self) -> bool:
        return bool(self.persons or self.companies)

    @property
    def is_caller(self) -> bool:
        """Whether a phone number was typed and found its holder."""
        return bool(self.query.digits) and any(hit.matched for hit in self.persons)

    @property
    def has_other_spellings(self) -> bool:
        """Whether persons are among them whose name only sounds as typed."""
        return any(hit.by_sound for hit in self.persons)


def find(*, user: User, text: str, limit: int = LIMIT) -> Results:
    """Find at most ``limit`` (up to 50) persons and half as many companies.

    ``@`` before the text asks for persons only, ``#`` for companies only. Fewer than two letters
    or digits find nothing.
    """
    query, scope = parse(text), scope_of(user)
    if scope is None or query.is_empty:
        return Results(query)
    places, places_for_firms = _places(query, min(limit, MOST))
    people, firms = stages.in_step(
        courses.of_persons(query, scope=scope, places=places),
        courses.of_companies(query, scope=scope, places=places_for_firms),
    )
    chosen, more = _choose(people, places)
    chosen_firms, more_firms = _choose(firms, places_for_firms)
    persons, companies = hits.of(chosen, chosen_firms, query=query, user=user)
    return Results(
        query=query,
        persons=tuple(persons),
        companies=tuple(companies),
        more_persons=more,
        more_companies=more_firms,
    )


def _places(query: Query, limit: int) -> tuple[int, int]:
    """Places for persons and for companies."""
    if query.kind == "company":
        return 0, limit
    return limit, 0 if query.kind else max(1, limit // 2)


def _choose(found: Found, places: int) -> tuple[list[Chosen], bool]:
    """Who gets a place, and whether somebody gets none.

    What matches as typed comes first; other spellings get half of the places if they need them.
    """
    direct = _first_of_each(found.direct)
    known = {candidate.pk for candidate in direct}
    similar = [one for one in _first_of_each(found.alike) if one.pk not in known]
    more = len(direct) + len(similar) > places
    direct = direct[: places - min(len(similar), places // 2)]
    similar = similar[: places - len(direct)]
    chosen = [Chosen(one) for one in direct] + [Chosen(one, by_sound=True) for one in similar]
    return chosen, more


def _first_of_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    seen: dict[int, Candidate] = {}
    for candidate in candidates:
        seen.setdefault(candidate.pk, candidate)
    return list(seen.values())
