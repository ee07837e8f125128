"""Stocks nobody would wish for: a run over them ends, and what it finds makes sense."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import pytest

from contacts.duplicates import shipped
from contacts.matching.signatures import Facts, Place
from contacts.matching.store import upkeep
from contacts.models import (
    Company,
    ContactPoint,
    ContactPointHolder,
    MatchingKind,
    MatchingModel,
    MatchingRun,
    MatchingScope,
    Person,
    Source,
)
from crm.kernel import clock
from tests.contacts.duplicates.conftest import Search, copies, groups, pairs
from tests.contacts.matching import stocks as memory

pytestmark = pytest.mark.django_db
Write = Callable[[Sequence[Facts]], list[int]]


def key(run: MatchingRun, name: str) -> dict[str, int]:
    (found,) = (told for told in run.figures["keys"] if told["name"] == name)
    return found


@pytest.mark.parametrize("kind", list(MatchingKind))
@pytest.mark.parametrize("scope", list(MatchingScope))
def test_an_empty_stock(search: Search, kind: str, scope: str) -> None:
    for _again in range(2):
        run = search(kind, scope)
        assert (run.records, run.candidates, run.pairs_found, run.groups_found) == (0, 0, 0, 0)
        assert run.model is None


def test_an_empty_stock_that_has_a_model(search: Search, model: MatchingModel) -> None:
    for scope in ("FULL", "CHANGED", "CHANGED"):
        run = search(scope=scope)
        assert (run.state, run.records, run.pairs_found) == ("DONE", 0, 0)


def test_a_stock_that_has_been_emptied(write: Write, search: Search, model: MatchingModel) -> None:
    write([Facts(given_name="Hein", surname="Petersen", birth_date=date(1964, 4, 17))])
    search()
    Person.objects.all().delete()
    for scope in ("CHANGED", "FULL"):
        assert search(scope=scope).records == 0


def test_one_record(write: Write, search: Search) -> None:
    write([Facts(given_name="Hein", surname="Petersen")])
    for scope in ("FULL", "CHANGED"):
        run = search(scope=scope)
        assert (run.records, run.candidates, run.pairs_found) == (1, 0, 0)


def test_two_records_that_are_one_without_any_model(
    write: Write, search: Search, monkeypatch, taught
) -> None:
    """Two records teach nothing; what is shipped steps in."""
    monkeypatch.setattr(shipped, "model", lambda kind: taught)
    hein = Facts(given_name="Hein", surname="Petersen", birth_date=date(1964, 4, 17))
    write(copies([hein, hein]))
    run = search()
    assert (run.records, run.candidates) == (2, 1)
    assert run.model is not None


def test_ten_thousand_of_one_name_and_nothing_else(
    write: Write, search: Search, model: MatchingModel
) -> None:
    write([Facts(given_name="Max", surname="Mustermann") for _ in range(10_000)])
    run = search()

    assert (run.records, run.candidates, run.pairs_found) == (10_000, 0, 0)
    assert run.figures["fillers_told"] == [
        {"kind": "name", "text": "Max Mustermann", "held": 10_000}
    ]


def test_names_that_many_bear_are_told_as_dropped(
    write: Write, search: Search, model: MatchingModel
) -> None:
    given = ["Anna", "Bernd", "Claus", "Dora", "Emil", "Frida", "Gerd", "Heike", "Ingo", "Jutta"]
    write([Facts(given_name=given[n % 10], surname="Müller") for n in range(1500)])
    run = search()

    assert run.candidates == run.pairs_found == 0
    sound = key(run, "Klang von Vor- und Nachname")
    assert (sound["dropped_blocks"], sound["dropped_records"]) == (10, 1500)
    assert sound["dropped_pairs"] == 10 * 150 * 149 // 2


def test_thousands_behind_one_mailbox(
    write: Write, search: Search, model: MatchingModel, source: Source, at: datetime
) -> None:
    """3,000 strangers and one who is there twice have the address of their association."""
    people = copies(memory.people(3000, seed=33))
    for number, each in enumerate(people):
        each.emails, each.phones = ["info@verband.example"], ["+49431100"]
        each.given_name, each.surname = f"{each.given_name}{number}", f"{each.surname}q{number}"
        each.birth_date, each.places = None, []
    hein = Facts(
        given_name="Hein", surname="Petersen", birth_date=date(1964, 4, 17),
        emails=["info@verband.example"],
    )  # fmt: skip
    ids = write([*people, *copies([hein, hein])])
    address = ContactPoint.objects.create(
        kind="EMAIL", normalised="info@verband.example", display="info@verband.example"
    )
    ContactPointHolder.objects.create(
        contact_point=address, person_id=ids[0], source=source, created_at=at
    )
    run = search()

    assert run.figures["fillers_told"][:2] == [
        {"kind": "mail", "text": "info@verband.example", "held": 3002},
        {"kind": "phone", "text": "0431 100", "held": 3000},
    ]
    assert run.candidates < 20_000
    assert tuple(ids[-2:]) in [row[1:3] for row in pairs()]
    assert max(map(len, groups().values())) < 20


def test_nothing_but_surnames(write: Write, search: Search, model: MatchingModel) -> None:
    surnames = sorted({each.surname for each in memory.people(900, seed=21)})
    ids = write([Facts(surname=surname) for surname in [*surnames, *surnames[:50]]])
    run = search()
    assert run.records == len(ids)
    assert max(map(len, groups().values()), default=0) < 4


def test_names_in_every_script(write: Write, search: Search, model: MatchingModel) -> None:
    born = date(1990, 3, 9)
    strange = [
        ("😀", "🎉"), ("محمد", "الخطيب"), ("שרה", "כהן"), ("李", "明"), ("Ö", "Å"), ("X", "Y"),
        ("", "😀"), ("\u200f", "\u202e"), ("Žofie", "Ďurišová"), ("A" * 150, "B" * 150),
    ]  # fmt: skip
    facts = [
        Facts(given_name=given, surname=surname, birth_date=born + timedelta(days=37 * number),
              places=[Place("Sonnenallee", str(number + 1), "12045", "Berlin")])
        for number, (given, surname) in enumerate(strange)
    ]  # fmt: skip
    ids = write([*facts, *copies(facts)])
    search()
    count = len(strange)
    twice = [(ids[number], ids[number + count]) for number in range(count)]
    found = [row[1:3] for row in pairs()]
    readable = [pair for number, pair in enumerate(twice) if strange[number][0].strip("\u200f")]
    assert set(readable) - set(found) == set()
    assert set(found) <= set(twice), "names of another script are not alike for that"


def test_letters_alone(write: Write, search: Search, model: MatchingModel) -> None:
    write([Facts(given_name=chr(97 + n % 26), surname=chr(97 + n // 26)) for n in range(676)])
    run = search()
    assert run.records == 676
    assert max(map(len, groups().values()), default=0) < 5


def test_a_birth_date_that_stands_for_none(
    write: Write, search: Search, model: MatchingModel
) -> None:
    """A tenth was born on 1 January 1900: told, and no agreement."""
    facts = copies(memory.people(1000, seed=21))
    for each in facts[::10]:
        each.birth_date = date(1900, 1, 1)
    write(facts)
    run = search()

    assert {"kind": "birth", "text": "01.01.1900", "held": 100} in run.figures["fillers_told"]
    filled = {each.id for each in facts[::10]}
    birth = 25  # bits below the field of the birth date in a pattern of eight fields
    for _kind, first, second, _weight, pattern, _group in pairs():
        if {first, second} & filled:
            assert pattern >> birth & 31 == 0


def test_companies_of_their_own(source, at, search: Search) -> None:
    """Companies learn from their own stock; two of one name and number are one."""
    names = sorted({each.surname for each in memory.people(900, seed=21)})[:300]
    trades = ["Maschinenbau", "Logistik", "Bäckerei", "Elektro", "Metallbau"]
    facts = [
        Facts(
            surname=f"{name} {trades[number % 5]} GmbH", vat_id=f"DE{100000000 + 7 * number}",
            phones=[f"+4943{number:07}"], emails=[f"post@firma{number}.example"],
            places=[Place("Industriestr", str(number), f"{24000 + number % 900}", "Kiel")],
        )
        for number, name in enumerate(names)
    ]  # fmt: skip
    facts += [
        Facts(surname=each.surname.replace(" GmbH", ""), vat_id=each.vat_id,
              phones=[f"{each.phones[0]}10"], places=list(each.places))
        for each in facts[:60]
    ]  # fmt: skip
    rows = [
        Company(name=each.surname, source=source, created_at=clock.now(), updated_at=clock.now())
        for each in facts
    ]
    ids = [company.pk for company in Company.objects.bulk_create(rows)]
    for each, pk in zip(facts, ids, strict=True):
        each.id = pk
    upkeep.write(MatchingKind.COMPANY, dict(zip(ids, facts, strict=True)))

    run = search("COMPANY")

    assert run.records == 360
    twice = {(ids[number], ids[300 + number]) for number in range(60)}
    assert twice <= {row[1:3] for row in pairs()}
    assert run.pairs_found < 75
