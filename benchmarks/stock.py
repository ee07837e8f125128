"""A large stock of persons and companies, generated and copied into an empty database.

Frequencies are those of German lists: few surnames are very common, most are rare.
"""

import random
import re
import time
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

from django.db import connection
from faker.providers.address.de_DE import Provider as Addresses
from faker.providers.person.de_DE import Provider as Names

from contacts.matching.normalise import fold
from contacts.searching.keys import company_keys, person_keys

AT = datetime(2026, 3, 17, 9, 12, tzinfo=UTC).isoformat()


def _words() -> dict[str, list[str]]:
    """Section → words of ``names.txt``."""
    sections: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("names.txt").read_text().splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            section.extend(line.split())
    return sections


WORDS = _words()
MIDDLES = ("", "el", "en", "er", "ing", "lin", "ow", "sch", "ters", "ach")
Row = tuple[object, ...]
FORMS = ("GmbH", "GmbH & Co. KG", "AG", "KG", "e. K.", "UG (haftungsbeschränkt)", "")
SLUG = str.maketrans({" ": "-"})
BATCH = 50_000


def load(
    *, persons: int, seed: int = 2026, owners: list[int], teams: list[int]
) -> dict[str, float]:
    """Fill the empty tables with ``persons`` persons and a quarter as many companies.

    Returns seconds by step. Owners and teams are user and team ids, used evenly.
    """
    started = time.perf_counter()
    dropped = _drop_indexes()
    source = _source()
    dice = random.Random(seed)
    companies = _companies(dice, persons // 4, source, owners, teams)
    _persons(dice, persons, companies, source, owners, teams)
    copied = time.perf_counter()
    with connection.cursor() as cursor:
        for definition in dropped:
            cursor.execute(definition)
        cursor.execute("VACUUM (ANALYZE)")
    return {"copy": copied - started, "index": time.perf_counter() - copied}


def surnames(dice: random.Random) -> tuple[list[str], list[float]]:
    """Surnames and cumulated weights: a Zipf-like head, a tail of thousands of rare ones."""
    tail = sorted({a + b + c for a in WORDS["stems"] for b in MIDDLES for c in WORDS["endings"]})
    dice.shuffle(tail)
    known = list(dict.fromkeys([*WORDS["common"], *Names.last_names]))
    names = [*known, *tail]
    return names, list(accumulate(1 / (rank + 8) for rank in range(len(names))))


def _drop_indexes() -> list[str]:
    """Drop what is not a constraint, return the statements that bring it back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "JOIN pg_class ON pg_class.oid = indexrelid "
            "WHERE relname !~ 'pkey|key$|_like$' AND NOT indisunique "
            "AND indrelid = ANY(%s::regclass[])",
            [["contacts_person", "contacts_company", "contacts_employment", "contacts_address",
              "contacts_contactpoint", "contacts_contactpointholder"]],
        )  # fmt: skip
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in found]


def _source() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM contacts_source ORDER BY id LIMIT 1")
        return int(cursor.fetchone()[0])


def _companies(
    dice: random.Random, count: int, source: int, owners: list[int], teams: list[int]
) -> list[tuple[str, str, str]]:
    """Copy companies with address and switchboard; returns (name, domain, place) by id - 1."""
    names, weights = surnames(dice)
    cities = [str(city) for city in Addresses.cities]
    made: list[tuple[str, str, str]] = []
    rows: list[Row] = []
    points: list[Row] = []
    holders: list[Row] = []
    addresses: list[Row] = []
    for pk, name in enumerate(dice.choices(names, cum_weights=weights, k=count), start=1):
        full = f"{name} {dice.choice(WORDS['trades'])}"
        at = dice.randrange(len(cities))
        code = f"{10000 + at * 200 + pk % 200:05}"
        place = f"{code} {cities[at]}"
        owner, team = owners[pk % len(owners)], teams[at % len(teams)]
        keys = company_keys(name=full, owner_id=owner, team_id=team, places=[place])
        rows.append((pk, _public(), full, dice.choice(FORMS), owner, team, source,
                     f"{1000000 + pk}", keys.sort_key, keys.name_code, keys.search))  # fmt: skip
        switchboard = f"+49{_area(at)}{2000000 + pk}0"
        points.append((pk, _public(), "POSTAL", f"{fold(full)}|{pk}", place))
        points.append((count + pk, _public(), "PHONE", switchboard, switchboard))
        holders.append((pk, count + pk, None, pk, source))
        addresses.append((pk, pk, None, pk, source, "Am Speicher", "14", code, cities[at]))
        made.append((full, f"{fold(full).translate(SLUG)}-{pk}.example", place))
    _copy("contacts_company", "id public_id name legal_form owner_id team_id source_id erp_number "
          "sort_key name_code search", rows,
          "remark='' field_sources={} created_at=@ updated_at=@ version=1 completeness=50 "
          "duplicate_check_due=f industry_codes={} vat_id='' website=''")  # fmt: skip
    _copy("contacts_contactpoint", "id public_id kind normalised display", points)
    _copy_holders(holders)
    _copy("contacts_address", "id contact_point_id person_id company_id source_id street "
          "house_number postal_code city", addresses,
          "created_at=@ kind=BUSINESS extra='' po_box='' country=DE")  # fmt: skip
    return made


def _persons(
    dice: random.Random,
    count: int,
    companies: list[tuple[str, str, str]],
    source: int,
    owners: list[int],
    teams: list[int],
) -> None:
    first = count // 2 + 1  # contact points and holders of companies come before
    base = len(companies) * 2 + first
    for start in range(1, count + 1, BATCH):
        batch = _person_batch(
            dice,
            range(start, min(start + 50_000, count + 1)),
            companies,
            source,
            owners,
            teams,
            base,
        )
        persons, roles, points, holders = batch
        _copy("contacts_person", "id public_id salutation given_name surname owner_id team_id "
              "source_id sort_key given_key surname_code given_code search", persons,
              "remark='' field_sources={} created_at=@ updated_at=@ version=1 completeness=60 "
              "duplicate_check_due=f title='' particle='' language=de")  # fmt: skip
        _copy("contacts_employment", "person_id company_id source_id function", roles,
              "department='' is_primary=t created_at=@")  # fmt: skip
        _copy("contacts_contactpoint", "id public_id kind normalised display", points)
        _copy_holders(holders)
    _set_sequences()


def _person_batch(
    dice: random.Random,
    ids: range,
    companies: list[tuple[str, str, str]],
    source: int,
    owners: list[int],
    teams: list[int],
    base: int,
) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """Rows of persons, employments, contact points and their holders."""
    names, weights = surnames(random.Random(7))
    first_names = [*Names.first_names_female, *Names.first_names_male]
    given_weights = list(accumulate(1 / (rank % 1000 + 12) for rank in range(len(first_names))))
    surname_draw = dice.choices(names, cum_weights=weights, k=len(ids))
    given_draw = dice.choices(range(len(first_names)), cum_weights=given_weights, k=len(ids))
    persons: list[Row] = []
    roles: list[Row] = []
    points: list[Row] = []
    holders: list[Row] = []
    for pk, surname, which in zip(ids, surname_draw, given_draw, strict=True):
        if dice.random() < 0.04:
            surname = f"{surname}-{dice.choices(names, cum_weights=weights)[0]}"
        given = first_names[which]
        employer = _employer(dice, len(companies))
        full, domain, place = companies[employer - 1]
        owner, team = owners[pk % len(owners)], teams[employer % len(teams)]
        keys = person_keys(surname=surname, given_name=given, particle="", owner_id=owner,
                           team_id=team, company_names=[full], places=[place])  # fmt: skip
        persons.append((pk, _public(), "HERR" if which >= 1000 else "FRAU", given, surname, owner,
                        team, source, keys.sort_key.replace("\t", "\\t"),
                        keys.given_key.replace("\t", "\\t"), keys.surname_code, keys.given_code,
                        keys.search))  # fmt: skip
        roles.append((pk, employer, source, "Leiter Technik"))
        mail = f"{fold(given)}.{fold(surname)}.{pk}@{domain}".replace(" ", "-")
        number = f"+49{_area(pk)}{3000000 + pk}"
        points.append((base + 2 * pk, _public(), "EMAIL", mail, mail))
        points.append((base + 2 * pk + 1, _public(), "PHONE", number, number))
        holders.append((base + 2 * pk, base + 2 * pk, pk, None, source))
        holders.append((base + 2 * pk + 1, base + 2 * pk + 1, pk, None, source))
    return persons, roles, points, holders


def _employer(dice: random.Random, count: int) -> int:
    """Any company, one time in ten a large one: the largest employs a thousand in a million."""
    if dice.random() < 0.1:
        return min(int(50 * dice.paretovariate(0.6)), count)
    return dice.randrange(count) + 1


def _copy_holders(rows: Iterable[Row]) -> None:
    _copy("contacts_contactpointholder", "id contact_point_id person_id company_id source_id", rows,
          "created_at=@ purpose=BUSINESS label='' is_preferred=f status=ACTIVE "
          "verified_how=''")  # fmt: skip


def _copy(table: str, columns: str, rows: Iterable[Row], constants: str = "") -> None:
    """COPY; ``constants`` are ``column=value`` pairs that are the same in every row."""
    fixed = [pair.split("=", 1) for pair in constants.split()]
    tail = "".join(f"\t{_constant(value)}" for _column, value in fixed) + "\n"
    names = ", ".join([*columns.split(), *(column for column, _value in fixed)])
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for block in _blocks(rows, tail):
            copy.write(block)


def _constant(value: str) -> str:
    return {"''": "", "@": AT}.get(value, value)


def _blocks(rows: Iterable[Row], tail: str) -> Iterator[str]:
    block = []
    for row in rows:
        block.append("\t".join(["\\N" if cell is None else str(cell) for cell in row]) + tail)
        if len(block) == 5000:
            yield "".join(block)
            block = []
    yield "".join(block)


def _public() -> str:
    return str(uuid.UUID(int=random.getrandbits(128), version=4))


def _area(number: int) -> str:
    return ("30", "40", "89", "431", "351", "221", "711", "511", "341", "911")[number % 10]


def _set_sequences() -> None:
    with connection.cursor() as cursor:
        for table in re.findall(r"\w+", "person company contactpoint contactpointholder address"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('contacts_{table}', 'id'), "
                f"(SELECT max(id) FROM contacts_{table}))"
            )
