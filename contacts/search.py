"""Global search: names also by sound, parts of names, companies, numbers and addresses.

Only what the user may see. Screen, API and command call :func:`find`; how it works and what it
costs is told in docs/algorithms/suche.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from contacts.searching import companies, hits, numbers, person_sounds, persons
from contacts.searching.hits import Hit
from contacts.searching.lookups import Candidate
from contacts.searching.query import Query, parse
from contacts.searching.scopes import Scope, scope_of
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
    def has_other_spellings(self) -> bool:
        """Whether persons are among them whose name only sounds as typed."""
        return any(hit.by_sound for hit in self.persons)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Candidates that get a place, which of them for their sound, and whether some got none."""

    candidates: list[Candidate]
    alike: frozenset[int]
    more: bool


_NOBODY = _Choice([], frozenset(), more=False)


def find(*, user: User, text: str, limit: int = LIMIT) -> Results:
    """Find at most ``limit`` (up to 50) persons and half as many companies.

    ``@`` before the text asks for persons only, ``#`` for companies only. Fewer than two letters
    or digits find nothing.
    """
    query, scope, limit = parse(text), scope_of(user), min(limit, MOST)
    if scope is None or query.is_empty:
        return Results(query)
    person_choice = _persons(query, scope, limit if query.kind != "company" else 0)
    places = {"": max(1, limit // 2), "company": limit, "person": 0}[query.kind]
    company_choice = _companies(query, scope, places)
    persons_found = hits.of_persons(
        person_choice.candidates, query=query, user=user, alike=person_choice.alike
    )
    companies_found = hits.of_companies(
        company_choice.candidates, query=query, user=user, alike=company_choice.alike
    )
    return Results(
        query=query,
        persons=tuple(persons_found),
        companies=tuple(companies_found),
        more_persons=person_choice.more,
        more_companies=company_choice.more,
    )


def _persons(query: Query, scope: Scope, places: int) -> _Choice:
    if not places:
        return _NOBODY
    wanted = places + 1
    exact = numbers.find(query, holder="person", scope=scope, limit=wanted)
    alike: list[Candidate] = []
    if query.words and not (exact and query.is_exact):
        exact += persons.as_typed(query, scope=scope, limit=wanted)
        alike = person_sounds.find(query, scope=scope, limit=wanted)
    return _choose(exact, alike, places)


def _companies(query: Query, scope: Scope, places: int) -> _Choice:
    if not places:
        return _NOBODY
    wanted = places + 1
    exact = numbers.find(query, holder="company", scope=scope, limit=wanted)
    alike: list[Candidate] = []
    if query.words and not (exact and query.is_exact):
        exact += companies.as_typed(query, scope=scope, limit=wanted)
        alike = companies.by_sound(query, scope=scope)
    return _choose(exact, alike, places)


def _choose(exact: Iterable[Candidate], alike: Iterable[Candidate], places: int) -> _Choice:
    """Give the places to what matches as typed; half of them to other spellings if needed."""
    direct = _first_of_each(exact)
    known = {candidate.pk for candidate in direct}
    similar = [candidate for candidate in _first_of_each(alike) if candidate.pk not in known]
    more = len(direct) + len(similar) > places
    direct = direct[: places - min(len(similar), places // 2)]
    similar = similar[: places - len(direct)]
    return _Choice(direct + similar, frozenset(candidate.pk for candidate in similar), more)


def _first_of_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    seen: dict[int, Candidate] = {}
    for candidate in candidates:
        seen.setdefault(candidate.pk, candidate)
    return list(seen.values())
