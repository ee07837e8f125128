"""Look-ups by phone number, e-mail address and the numbers of other systems."""

from collections.abc import Sequence

from contacts.searching.lookups import Condition, LookUp, starting_with
from contacts.searching.query import Query
from contacts.searching.scopes import Scope

PERSON, COMPANY = "number", "firm.number"
_COUNTRY = "+49"
_SHORTEST_ENDING = 4
_POINTS = 300
_CALLED = ("PHONE", "MOBILE", "FAX")
_WRITTEN = ("EMAIL",)
_HOLDERS = {"person": PERSON, "company": COMPANY}


def of_persons(query: Query, *, scope: Scope, limit: int) -> list[LookUp]:
    """Persons by whatever number or address was typed."""
    return _of("person", query, scope=scope, limit=limit)


def of_companies(query: Query, *, scope: Scope, limit: int) -> list[LookUp]:
    """Companies by whatever number or address was typed."""
    look_ups = _of("company", query, scope=scope, limit=limit)
    if number := (query.digits or query.number):
        for column, typed in (("erp_number", number), ("vat_id", number.upper())):
            look_ups.append(_numbered(column, typed, scope=scope, limit=limit))
    return look_ups


def _of(holder: str, query: Query, *, scope: Scope, limit: int) -> list[LookUp]:
    look_ups = []
    if query.digits:
        look_ups.append(_reached_by(_phone(query.digits), _CALLED, holder=holder, scope=scope))
    if query.mailbox:
        look_ups.append(_reached_by(_mailbox(query.mailbox), _WRITTEN, holder=holder, scope=scope))
    if number := (query.digits or query.number):
        look_ups.append(_known_elsewhere(number, holder=holder, scope=scope, limit=limit))
    return look_ups


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


def _reached_by(condition: Condition, kinds: Sequence[str], *, holder: str, scope: Scope) -> LookUp:
    """Holders of matching contact points; the first 300 points are looked at."""
    narrowed, more = scope.either
    statement = (
        "WITH points AS MATERIALIZED ("
        "SELECT id, display FROM contacts_contactpoint "
        f"WHERE ({condition[0]}) AND kind = ANY(%s) LIMIT {_POINTS}) "
        "SELECT record.sort_key, record.id, points.display FROM points "
        "JOIN contacts_contactpointholder AS held ON held.contact_point_id = points.id "
        f"JOIN contacts_{holder} AS record ON record.id = held.{holder}_id "
        f"WHERE held.status IN ('ACTIVE', 'BOUNCED') AND {narrowed}"
    )
    return LookUp(_HOLDERS[holder], statement, [*condition[1], list(kinds), *more])


def _known_elsewhere(number: str, *, holder: str, scope: Scope, limit: int) -> LookUp:
    condition, values = starting_with("value", number)
    narrowed, more = scope.either
    statement = (
        "SELECT record.sort_key, record.id, external.system || ' ' || external.value "
        "FROM contacts_externalid AS external "
        f"JOIN contacts_{holder} AS record ON record.id = external.{holder}_id "
        f"WHERE {condition} AND {narrowed} ORDER BY external.value LIMIT {limit}"
    )
    return LookUp(_HOLDERS[holder], statement, [*values, *more])


def _numbered(column: str, typed: str, *, scope: Scope, limit: int) -> LookUp:
    condition, values = starting_with(column, typed)
    narrowed, more = scope.either
    statement = (
        f"SELECT record.sort_key, record.id, numbered.{column} FROM ("
        f"SELECT coalesce(merged_into_id, id) AS pk, {column} FROM contacts_company "
        f"WHERE {condition} AND {column} <> '') AS numbered "
        "JOIN contacts_company AS record ON record.id = numbered.pk "
        f"WHERE {narrowed} ORDER BY numbered.{column} LIMIT {limit}"
    )
    return LookUp(COMPANY, statement, [*values, *more])
