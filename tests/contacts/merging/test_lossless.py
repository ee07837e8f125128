"""A merge and its undo leave no trace in any table: random stocks, chains, rows added between."""

from datetime import datetime

import pytest

from contacts import merging
from contacts.merging import fields, journal, refusals
from contacts.merging.links import links_to
from contacts.models import Company, Merge, MergeEntry, Person
from crm.accounts.models import User
from tests.contacts.merging.dumps import assert_same_but_for, dump, rows
from tests.contacts.merging.stocks import Stock

pytestmark = pytest.mark.django_db
SEEDS = range(20)
KINDS = ("person", "company")


def merged(stock: Stock, actor: User, kind: str, survivor: int, *others: int) -> Merge:
    """Merge members of the stock by place, with random choices."""
    records = stock.records(kind)
    members = [records[at] for at in (survivor, *others)]
    names = fields.names_of(type(members[0]))
    chosen = {
        name: stock.random.choice(members).public_id
        for name in names
        if name != "parent" and stock.random.random() < 0.4
    }
    if chosen.get("given_name") and not any(each.surname for each in members):
        del chosen["given_name"]
    return merging.merge(
        actor=actor, survivor=members[0], others=members[1:], choices=chosen,
        despite_decision=True, at=stock.at,
    )  # fmt: skip


def no_rows_left(kind: str, pk: int) -> bool:
    """Only an alias may still name another alias, as its parent."""
    links = links_to(Person if kind == "person" else Company)
    counts = journal.counts([link for link in links if link.name != "parent"], [pk])
    if kind == "company" and Company.objects.filter(parent=pk).exists():
        return False
    return not any(counts.values())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_undo_restores_every_byte(seed: int, kind: str, admin: User, at: datetime) -> None:
    stock = Stock(seed, at)
    before = dump()
    try:
        merge = merged(stock, admin, kind, 0, *range(1, 2 + seed % 3))
    except refusals.CircleOfCompanies:
        assert kind == "company"
        assert dump() == before
        return
    for other in stock.records(kind)[1 : 2 + seed % 3]:
        assert no_rows_left(kind, other.pk)
    assert dump() != before
    merging.undo(actor=admin, merge=merge, at=at)
    assert dump() == before
    assert not MergeEntry.objects.exists()


@pytest.mark.parametrize("kinds", [("person",), ("company",), KINDS])
@pytest.mark.parametrize("seed", SEEDS)
def test_chains_come_apart_in_any_order_or_say_why_not(
    seed: int, kinds: tuple[str, ...], admin: User, at: datetime
) -> None:
    """Several merges, also of survivors into others, undone in random order."""
    stock = Stock(seed, at)
    before = dump()
    merges = _some_merges(stock, admin, kinds)
    left = list(merges)
    while left:
        merge = stock.random.choice(left)
        try:
            merging.undo(actor=admin, merge=merge, at=at)
        except refusals.UndoRefused:
            if merge is max(left, key=lambda each: each.pk):
                raise  # the last one can always be undone
            continue
        left.remove(merge)
    assert dump() == before


def _some_merges(stock: Stock, actor: User, kinds: tuple[str, ...]) -> list[Merge]:
    alive = {kind: list(range(4)) for kind in kinds}
    found = []
    for _each in range(3 * len(kinds)):
        kind = stock.random.choice(kinds)
        if len(alive[kind]) < 2:
            continue
        survivor, other = stock.random.sample(alive[kind], 2)
        try:
            found.append(merged(stock, actor, kind, survivor, other))
        except refusals.CircleOfCompanies:
            continue
        alive[kind].remove(other)
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_added_in_between_stays_and_the_rest_is_as_it_was(
    seed: int, kind: str, admin: User, at: datetime
) -> None:
    stock = Stock(seed, at)
    before = rows()
    try:
        merge = merged(stock, admin, kind, 0, 1)
    except refusals.CircleOfCompanies:
        return
    survivor = stock.records(kind)[0]
    added = stock.add_to(survivor)
    merging.undo(actor=admin, merge=merge, at=at)
    assert_same_but_for(before, rows(), added, (survivor._meta.db_table, survivor.pk))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_undone_and_done_again_and_undone(seed: int, kind: str, admin: User, at: datetime) -> None:
    stock = Stock(seed, at)
    before = dump()
    try:
        merge = merged(stock, admin, kind, 0, 1, 2)
    except refusals.CircleOfCompanies:
        return
    once = dump()
    merging.undo(actor=admin, merge=merge, at=at)
    again = merging.redo(actor=admin, merge=merge, at=at)
    assert again.redoes == merge
    assert dump() == once
    merging.undo(actor=admin, merge=again, at=at)
    assert dump() == before


def test_stocks_hold_rows_of_every_model(at: datetime, db: None) -> None:
    """Otherwise the tests above would prove nothing for a new model."""
    stock = Stock(5, at)
    for kind in KINDS:
        model = Person if kind == "person" else Company
        ids = [each.pk for each in stock.records(kind)]
        counts = journal.counts(links_to(model), ids)
        assert [name for name, count in counts.items() if not count] == [
            (f"contacts.{kind}", "merged_into")  # comes about in chains
        ]
