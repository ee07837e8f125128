"""Pages: German order, a position instead of a number, the same rows forwards and backwards."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.listing import ListName, Scope, page
from contacts.listing import query as queries
from contacts.listing.sorting import ORDERS
from contacts.models import Company, Person

GERMAN_ORDER = [
    "Abel, Konstantin",
    "Äpfelbach, Jens",
    "Appel, Birgit",
    "Bohm, Sören",
    "Böhmer, Falko",
    "Groß, Ulrike",
    "Grosse, Lutz",
    "Heide, Anna von der",
    "Maier, Dr. Johannes",
    "Meier, Zoe",
    "Meier-Voß, Änne",
]


@pytest.fixture
def stock(make_person):
    for name in reversed(GERMAN_ORDER):
        surname, rest = name.split(", ")
        given_name, particle, title = rest, "", ""
        if rest.endswith(" von der"):
            given_name, particle = rest.removesuffix(" von der"), "von der"
        if rest.startswith("Dr. "):
            given_name, title = rest.removeprefix("Dr. "), "Dr."
        make_person(given_name, surname, particle=particle, title=title)


@pytest.mark.django_db
def test_names_stand_in_german_order(stock, names):
    assert names() == GERMAN_ORDER
    assert names("sort=-name") == GERMAN_ORDER[::-1]


def walk(scope, text, limit):
    """All pages forwards, then back again from the last one."""
    first = page(scope=scope, query=queries.parse_string(scope=scope, text=text, limit=limit))
    there = [first]
    while there[-1].next:
        there.append(_page(scope, f"{text}&after={there[-1].next}", limit))
    back = [there[-1]]
    while back[-1].previous:
        back.append(_page(scope, f"{text}&before={back[-1].previous}", limit))
    return there, back[::-1]


def _page(scope, text, limit):
    return page(scope=scope, query=queries.parse_string(scope=scope, text=text, limit=limit))


def ids(pages):
    return [[row.record.pk for row in one.rows] for one in pages]


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 4, 11])
@pytest.mark.parametrize("order", ["name", "confirmed", "changed", "completeness"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_every_row_is_met_once_in_both_directions(stock, scope, order, sign, limit):
    start = date(2024, 1, 1)
    for number, person in enumerate(Person.objects.order_by("pk")):
        Person.objects.filter(pk=person.pk).update(
            confirmed_on=None if number % 3 == 0 else start + timedelta(days=number // 2),
            completeness=number // 4,
            updated_at=scope.at - timedelta(hours=number // 2),
        )
    there, back = walk(scope, f"sort={sign}{order}", limit)
    assert sorted(pk for one in ids(there) for pk in one) == sorted(
        Person.objects.values_list("pk", flat=True)
    )
    assert [len(one) for one in ids(there)[:-1]] == [limit] * (len(there) - 1)
    assert ids(back) == ids(there)
    assert [one.first for one in there] == [1 + limit * n for n in range(len(there))]
    assert [one.first for one in back] == [one.first for one in there]


@pytest.mark.django_db
def test_what_was_never_confirmed_waits_longest(make_person, names):
    for name, day in (("Neu", date(2026, 3, 1)), ("Nie", None), ("Alt", date(2020, 3, 1))):
        Person.objects.filter(pk=make_person("", name).pk).update(confirmed_on=day)
    assert names("sort=confirmed") == ["Nie", "Alt", "Neu"]
    assert names("sort=-confirmed") == ["Neu", "Alt", "Nie"]


@pytest.mark.django_db
def test_a_page_knows_its_place_and_neighbours(stock, scope, read):
    first = page(scope=scope, query=read(scope, "", limit=4))
    second = page(scope=scope, query=read(scope, f"after={first.next}", limit=4))
    last = page(scope=scope, query=read(scope, f"after={second.next}", limit=4))
    assert (first.first, first.last, first.previous) == (1, 4, "")
    assert (second.first, second.last) == (5, 8)
    assert (last.first, last.last, last.next) == (9, 11, "")
    assert [one.total.value for one in (first, second, last)] == [11, 11, 11]


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["x", "////", "bnVsbA", "WzEsMl0", "WyJcdTAwMDAiLDEsMF0"])
def test_an_unreadable_cursor_leads_to_the_first_page(stock, names, cursor):
    assert names(f"after={cursor}") == GERMAN_ORDER
    assert names(f"before={cursor}&sort=-changed") != []


@pytest.mark.django_db
def test_a_cursor_behind_the_end_leads_to_the_first_page(stock, scope, read):
    first = page(scope=scope, query=read(scope, "", limit=10))
    Person.objects.filter(surname="Meier-Voß").delete()
    again = page(scope=scope, query=read(scope, f"after={first.next}", limit=10))
    assert (again.first, len(again.rows), again.previous, again.next) == (1, 10, "", "")


@pytest.mark.django_db
def test_the_count_stops_at_a_thousand(make_person, source, admin, scope, read, at):
    Person.objects.bulk_create(
        Person(
            surname=f"P{n}", sort_key=f"p{n:04}", source=source, owner=admin,
            created_at=at, updated_at=at,
        )
        for n in range(1002)
    )  # fmt: skip
    found = page(scope=scope, query=read(scope, ""))
    assert (found.total.value, found.total.is_capped) == (1000, True)


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_page(
    make_person, make_company, reach, locate, employ, read, at, admin
):
    company = make_company("Havelberg Anlagenbau GmbH")
    for number in range(12):
        person = make_person("Anna", f"Nummer{number}")
        reach(person, "EMAIL", f"a{number}@havelberg.example")
        locate(person, "39539", "Havelberg")
        employ(person, company, "Einkauf")
    admin.access  # noqa: B018 - read once per request, before the list
    spent = []
    for limit in (2, 10):
        scope = Scope(ListName.PERSONS, admin, at)
        with CaptureQueriesContext(connection) as captured:
            page(scope=scope, query=read(scope, "", limit=limit))
        spent.append(len(captured))
    assert spent == [7, 7]


@pytest.mark.parametrize("model", [Person, Company])
@pytest.mark.parametrize("column", [order.column for order in ORDERS.values()])
def test_no_list_reads_past_aliases(db, model, column):
    """They are in none of the indexes: no plan has to ask a row whether it is one."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "sort", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = model.objects.order_by(column, "pk").values("pk")[:10].explain()
    assert "Index Only Scan" in plan
    assert "merged_into" not in plan
