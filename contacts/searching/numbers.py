"""Look-ups by phone number, e-mail address and the numbers of other systems."""

from collections.abc import Sequence
from typing import Any

from contacts.searching.lookups import Candidate, Condition, fetch, starting_with
from contacts.searching.query import Query
from contacts.searching.scopes import Scope

_COUNTRY = "+49"
_SHORTEST_ENDING = 4
_POINTS = 300
_CALLED = ("PHONE", "MOBILE", "FAX")
_WRITTEN = ("EMAIL",)
EXACT, PARTIAL = range(2)


def find(query: Query, *, holder: str, scope: Scope, limit: int) -> list[Candidate]:
    """Records of ``holder`` ("person" or "company") by whatever number or address was typed."""
    found: list[Candidate] = []
    if query.digits:
        found += _reached_by(_phone(query.digits), _CALLED, holder=holder, scope=scope)
    if query.mailbox:
        found += _reached_by(_mailbox(query.mailbox), _WRITTEN, holder=holder, scope=scope)
    if number := (query.digits or query.number):
        found += _known_elsewhere(number, holder=holder, scope=scope, limit=limit)
        if holder == "company":
            found += _numbered(number, scope=scope, limit=limit)
    return sorted(set(found))


def _phone(digits: str) -> Condition:
    """Numbers that begin so, or end so if neither area code nor country was typed."""
    if digits.startswith("+"):
        return starting_with("normalised", digits)
    if digits.startswith("00"):
        return starting_with("normalised", f"+{digits[2:]}")
    if digits.startswith("0"):
        return starting_with("normalised", f"{_COUNTRY}{digits[1:]}")
    if len(digits) < _SHORTEST_ENDING:
        return "FALSE", ()
    return starting_with("reverse(normalised)", digits[::-1])


def _mailbox(text: str) -> Condition:
    """Addresses that begin so; of a whole domain if only one was typed."""
    local, at, domain = text.rpartition("@")
    if local or (at and not domain):
        return starting_with("normalised", text)
    beginning, values = starting_with("normalised", text)
    ending, more = starting_with("reverse(normalised)", f"@{domain}"[::-1])
    return f"({beginning}) OR ({ending})", (*values, *more)


def _reached_by(
    condition: Condition, kinds: Sequence[str], *, holder: str, scope: Scope
) -> list[Candidate]:
    """Holders of matching contact points; the first 300 points are looked at."""
    narrowed, more = scope.either
    rows = fetch(
        "WITH points AS MATERIALIZED ("
        "SELECT id, display FROM contacts_contactpoint "
        f"WHERE ({condition[0]}) AND kind = ANY(%s) LIMIT {_POINTS}) "
        "SELECT record.sort_key, record.id, points.display FROM points "
        "JOIN contacts_contactpointholder AS held ON held.contact_point_id = points.id "
        f"JOIN contacts_{holder} AS record ON record.id = held.{holder}_id "
        f"WHERE held.status IN ('ACTIVE', 'BOUNCED') AND {narrowed}",
        [*condition[1], list(kinds), *more],
    )
    rank = EXACT if len(rows) == 1 else PARTIAL
    return [Candidate(rank, key, pk, shown) for key, pk, shown in rows]


def _known_elsewhere(number: str, *, holder: str, scope: Scope, limit: int) -> list[Candidate]:
    condition, values = starting_with("value", number)
    narrowed, more = scope.either
    rows = fetch(
        "SELECT record.sort_key, record.id, external.system, external.value "
        "FROM contacts_externalid AS external "
        f"JOIN contacts_{holder} AS record ON record.id = external.{holder}_id "
        f"WHERE {condition} AND {narrowed} ORDER BY external.value LIMIT {limit}",
        [*values, *more],
    )
    return [
        Candidate(_rank(value, number), key, pk, f"{system} {value}")
        for key, pk, system, value in rows
    ]


def _numbered(number: str, *, scope: Scope, limit: int) -> list[Candidate]:
    """Companies by ERP number and VAT id."""
    narrowed, more = scope.either
    selects: list[str] = []
    values: list[Any] = []
    for column, typed in (("erp_number", number), ("vat_id", number.upper())):
        condition, given = starting_with(column, typed)
        selects.append(
            f"(SELECT sort_key, id, {column} FROM contacts_company WHERE {condition} "
            f"AND {column} <> '' AND {narrowed} ORDER BY {column} LIMIT {limit})"
        )
        values += [*given, *more]
    rows = fetch(" UNION ALL ".join(selects), values)
    return [Candidate(_rank(v, number), key, pk, v) for key, pk, v in rows]


def _rank(value: object, typed: str) -> int:
    return EXACT if value == typed else PARTIAL
