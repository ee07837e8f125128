"""What happened between a merge and its undo: edits are kept, what belongs goes back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from contacts import contact_points, merging, persons, qualification
from contacts.merging.links import links_to
from contacts.models import ContactPointHolder, Criterion, CriterionValue, Person, Source
from crm.accounts.models import User
from tests.contacts.merging.dumps import dump

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., Person]


@pytest.fixture
def known(admin: User, source: Source, at: datetime) -> dict[str, Any]:
    return {"actor": admin, "source": source, "at": at}


def points(person: Person) -> set[str]:
    return set(person.contact_points.values_list("contact_point__display", flat=True))


def test_an_edited_field_is_kept_and_told(
    admin: User, make_person: MakePerson, known: dict[str, Any], at: datetime
) -> None:
    one = make_person("Johannes", "Maier")
    other = make_person("Hans", "Maier", title="Dr.", remark="ruft gern an")
    merge = merging.merge(
        actor=admin, survivor=one, others=[other], choices={"given_name": other.public_id}, at=at
    )
    one.refresh_from_db()
    persons.update(person=one, values={"given_name": "Hannes"}, **known)
    told = {each.name: each for each in merging.undo_preview(actor=admin, merge=merge).fields}
    assert told["given_name"].is_edited
    assert (told["given_name"].before, told["given_name"].now) == ("Johannes", "Hannes")
    assert told["title"].is_set_back
    merging.undo(actor=admin, merge=merge, at=at + timedelta(days=1))
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.given_name, one.title, one.remark) == ("Hannes", "", "")
    assert (other.given_name, other.title, other.remark) == ("Hans", "Dr.", "ruft gern an")
    assert (one.version, one.updated_at) == (4, at + timedelta(days=1))


def test_added_rows_stay_but_what_was_the_others_goes_back(
    admin: User, make_person: MakePerson, known: dict[str, Any], at: datetime
) -> None:
    one, other = make_person("Johannes", "Maier"), make_person("Hans", "Maier")
    contact_points.add(record=other, kind="EMAIL", value="hans@x.example", **known)
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    holder = one.contact_points.get()
    contact_points.remove(actor=admin, holder=holder, at=at)
    again = contact_points.add(record=one, kind="EMAIL", value="hans@x.example", **known)
    contact_points.add(record=one, kind="EMAIL", value="neu@x.example", **known)

    foreseen = merging.undo_preview(actor=admin, merge=merge)
    (belonging,) = foreseen.belonging
    assert (belonging.row, belonging.record) == (again, other)
    assert belonging.ref == f"contacts.contactpointholder:{again.pk}"
    assert [(each.model, each.count) for each in foreseen.gone] == [
        ("contacts.contactpointholder", 1)
    ]
    assert [(each.model, each.count) for each in foreseen.staying] == [
        ("contacts.contactpointholder", 1)
    ]
    merging.undo(actor=admin, merge=merge, at=at)
    assert points(one) == {"neu@x.example"}
    assert points(other) == {"hans@x.example"}


def test_what_belongs_can_be_kept(
    admin: User, make_person: MakePerson, known: dict[str, Any], at: datetime
) -> None:
    one, other = make_person("Johannes", "Maier"), make_person("Hans", "Maier")
    contact_points.add(record=other, kind="EMAIL", value="hans@x.example", **known)
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    contact_points.remove(actor=admin, holder=one.contact_points.get(), at=at)
    contact_points.add(record=one, kind="EMAIL", value="hans@x.example", **known)
    (belonging,) = merging.undo_preview(actor=admin, merge=merge).belonging
    merging.undo(actor=admin, merge=merge, keep_with_survivor=[belonging.ref], at=at)
    assert (points(one), points(other)) == ({"hans@x.example"}, set())


def test_what_both_had_stays_with_the_survivor(
    admin: User, make_person: MakePerson, known: dict[str, Any], at: datetime
) -> None:
    one, other = make_person("Johannes", "Maier"), make_person("Hans", "Maier")
    for record in (one, other):
        contact_points.add(record=record, kind="EMAIL", value="m@x.example", **known)
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    contact_points.remove(actor=admin, holder=one.contact_points.get(), at=at)
    contact_points.add(record=one, kind="EMAIL", value="m@x.example", **known)
    assert merging.undo_preview(actor=admin, merge=merge).belonging == ()
    merging.undo(actor=admin, merge=merge, at=at)
    assert points(one) == points(other) == {"m@x.example"}
    assert ContactPointHolder.objects.count() == 2


def test_an_answer_given_since_stays_and_the_former_ones_hold_again(
    admin: User, make_person: MakePerson, known: dict[str, Any], at: datetime
) -> None:
    criterion = Criterion.objects.create(
        code="budget", label="Budget", subject="PERSON", type="TEXT", created_at=at
    )
    one, other = make_person("Johannes", "Maier"), make_person("Hans", "Maier")
    for record, value in ((one, "klein"), (other, "groß")):
        qualification.set_value(record=record, criterion=criterion, value=value, **known)
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    qualification.set_value(record=one, criterion=criterion, value="riesig", **known)
    merging.undo(actor=admin, merge=merge, at=at)
    current = CriterionValue.objects.filter(superseded_at=None)
    assert {(each.person, each.value) for each in current} == {(one, "riesig"), (other, "groß")}


def test_a_middle_link_of_a_chain_that_folded_a_row_waits_for_the_later_one(
    admin: User, make_person: MakePerson, known: dict[str, Any], at: datetime
) -> None:
    """C's e-mail was folded into the one that came from B: without B, C's would be lost."""
    a, b, c = (make_person(name, "Maier") for name in "ABC")
    for record in (b, c):
        contact_points.add(record=record, kind="EMAIL", value="m@x.example", **known)
    before = dump()
    first = merging.merge(actor=admin, survivor=a, others=[b], at=at)
    second = merging.merge(actor=admin, survivor=a, others=[c], at=at)
    assert merging.undo_preview(actor=admin, merge=first).refusal == (
        "Die Zusammenführung mit C Maier vom 17.03.2026 baut auf dieser auf. Nehmen Sie erst "
        "jene zurück."
    )
    for merge in (second, first):
        merging.undo(actor=admin, merge=merge, at=at)
    assert dump() == before


def test_the_first_of_two_merges_goes_first_where_nothing_hinders(
    admin: User, make_person: MakePerson, known: dict[str, Any], at: datetime
) -> None:
    a = make_person("A", "Maier")
    b, c = make_person("B", "Maier", title="Dr."), make_person("C", "Maier", title="Prof.")
    before = dump()
    first = merging.merge(
        actor=admin, survivor=a, others=[b], choices={"title": b.public_id}, at=at
    )
    second = merging.merge(
        actor=admin, survivor=a, others=[c], choices={"title": c.public_id}, at=at
    )
    merging.undo(actor=admin, merge=first, at=at)
    a.refresh_from_db()
    assert a.title == "Prof."  # the later merge set it
    merging.undo(actor=admin, merge=second, at=at)
    a.refresh_from_db()
    assert a.title == ""  # and knows that there was nothing before the first one
    assert dump() == before


@pytest.mark.parametrize("count", [1, 40])
def test_previews_ask_as_much_of_many_rows_as_of_few(
    count: int,
    admin: User,
    make_person: MakePerson,
    known: dict[str, Any],
    at: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    one, other = make_person("Johannes", "Maier"), make_person("Hans", "Maier")
    for number in range(count):
        contact_points.add(record=other, kind="EMAIL", value=f"h{number}@x.example", **known)
    with django_assert_max_num_queries(17):
        merging.preview(actor=admin, records=[one, other])
    tables = len(links_to(Person))  # each may hold rows of a person, whatever their number
    with django_assert_max_num_queries(5 * tables):
        merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    with django_assert_max_num_queries(2 * tables + 28):
        merging.undo_preview(actor=admin, merge=merge)
