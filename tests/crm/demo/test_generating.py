"""The generated stock has exactly the size, the copies and the companies that were asked for."""

from collections import Counter, defaultdict
from itertools import islice

import pytest

from crm.demo.errors import ERRORS
from crm.demo.generating import Plan, generate
from crm.demo.records import Origin, Record


@pytest.fixture(scope="module")
def stock() -> list[Record]:
    return list(generate(persons=5000, companies=1200))


def test_a_stock_has_as_many_persons_and_companies_as_asked_for(stock: list[Record]) -> None:
    assert sum(1 for record in stock if record.entity) == 5000
    assert {record.company_entity for record in stock} - {0} == set(range(1, 1177))
    assert len({record.company_name for record in stock if not record.errors} - {""}) == 1176
    assert sum(1 for record in stock if record.errors == ("second-account",)) == 24


def test_twelve_percent_of_the_people_are_written_down_more_than_once(stock: list[Record]) -> None:
    copies = Counter(record.entity for record in stock if record.entity)
    assert len(copies) == 4394
    assert Counter(copies.values()) == {1: 3867, 2: 448, 3: 79}


def test_every_copy_differs_and_names_its_errors(stock: list[Record]) -> None:
    seen: set[int] = set()
    for record in stock:
        if record.entity:
            assert bool(record.errors) == (record.entity in seen), record
            seen.add(record.entity)


def test_every_kind_of_error_is_made(stock: list[Record]) -> None:
    made = {error for record in stock for error in record.errors if record.entity}
    assert made == {name for (name, _) in ERRORS.items}


def test_the_same_arguments_give_the_same_stock() -> None:
    one, two = (list(generate(persons=300, companies=70, seed=7)) for _ in range(2))
    assert one == two
    assert one != list(generate(persons=300, companies=70, seed=8))


def test_a_customer_of_the_erp_is_written_alike_in_all_rows(stock: list[Record]) -> None:
    rows = defaultdict(set)
    for record in stock:
        if record.origin is Origin.ERP:
            rows[record.company_number].add(
                (record.company_full_name, record.street, record.house_number, record.vat_id)
            )
    assert len(rows) > 800
    assert [number for number, written in rows.items() if len(written) > 1] == []


def test_mailboxes_belong_to_one_person(stock: list[Record]) -> None:
    holders = defaultdict(set)
    for record in stock:
        for address in (record.email, record.private_email):
            if address:
                assert address.endswith(".example")
                holders[address].add(record.entity)
    shared = [address for address, people in holders.items() if len(people) > 1]
    assert len(shared) < 10, shared


def test_common_surnames_are_common(stock: list[Record]) -> None:
    names = Counter(record.surname for record in stock)
    assert names.most_common(1)[0][0] == "Müller"
    assert {"Schmidt", "Schneider", "Fischer"} < {name for name, _ in names.most_common(8)}
    meiers = sum(names[name] for name in ("Meyer", "Meier", "Maier", "Mayer", "Mayr"))
    assert 150 < meiers < 350


@pytest.mark.parametrize("records", [1, 10, 999, 12345])
def test_plans_add_up(records: int) -> None:
    plan = Plan.of(records)
    assert plan.people + plan.copies == records
    assert plan.repeated <= plan.copies <= 2 * plan.repeated


def test_a_large_stock_starts_at_once() -> None:
    assert len(list(islice(generate(persons=1_000_000, companies=250_000), 100))) == 100
