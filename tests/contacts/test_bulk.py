"""Acts on many records do what the act on one does."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts import bulk, contact_points, criteria, qualification
from contacts.models import ContactPointHolder, CriterionValue, Person
from crm.kernel import errors
from crm.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def choice(admin, at):
    return criteria.create(
        actor=admin, label="Potenzial", subject="PERSON", type="CHOICE", choices=["A", "B"], at=at
    )


def test_confirming_confirms_current_data_only(make_person, admin, source, at):
    person = make_person("", "Anna")
    live, dead = (
        contact_points.add(
            actor=admin, record=person, kind="EMAIL", value=f"{n}@a.example", source=source, at=at
        )
        for n in "ab"
    )
    contact_points.set_status(actor=admin, holder=dead, status="RETIRED", at=at)
    version = Person.objects.get().version
    assert bulk.confirm(actor=admin, records=Person.objects.all(), at=at) == 1
    person = Person.objects.get()
    assert (person.confirmed_on, person.version) == (at.date(), version + 1)
    assert ContactPointHolder.objects.get(pk=live.pk).confirmed_on == at.date()
    assert ContactPointHolder.objects.get(pk=dead.pk).confirmed_on is None
    entry = AuditEntry.objects.get(action="record.confirmed")
    assert (entry.object_id, entry.changes) == (person.pk, {"confirmed_on": [None, "2026-03-17"]})


def test_the_source_of_a_single_field_is_confirmed_too(make_person, admin, at):
    person = make_person("", "Anna")
    Person.objects.filter(pk=person.pk).update(field_sources={"title": {"source": 1}})
    bulk.confirm(actor=admin, records=Person.objects.all(), at=at)
    assert Person.objects.get().field_sources == {
        "title": {"source": 1, "confirmed_on": "2026-03-17"}
    }


def test_answers_keep_their_history(make_person, admin, source, choice, at):
    anna, berta = make_person("", "Anna"), make_person("", "Berta")
    qualification.set_value(
        actor=admin, record=anna, criterion=choice, value="A", source=source, at=at
    )
    values = {"criterion": choice, "source": source, "actor": admin, "at": at}
    assert bulk.answer(records=Person.objects.all(), value="B", **values) == 2
    assert bulk.answer(records=Person.objects.all(), value="B", **values) == 0
    current = CriterionValue.objects.filter(superseded_at=None).order_by("person")
    assert [(v.person_id, v.value) for v in current] == [(anna.pk, "b"), (berta.pk, "b")]
    assert [v.value for v in CriterionValue.objects.exclude(superseded_at=None)] == ["a"]
    last = AuditEntry.objects.filter(action="qualification.set").order_by("id")[1:]
    assert [e.changes for e in last] == [{"Potenzial": ["a", "b"]}, {"Potenzial": [None, "b"]}]
    assert bulk.answer(records=Person.objects.all(), value="", **values) == 2


def test_a_sensitive_answer_is_refused_for_all(make_person, admin, source, at):
    make_person("", "Anna")
    criterion = criteria.create(
        actor=admin, label="Religion", subject="PERSON", type="TEXT", sensitivity="SPECIAL", at=at
    )
    with pytest.raises(qualification.SensitiveValueRefused):
        bulk.answer(
            actor=admin,
            records=Person.objects.all(),
            criterion=criterion,
            value="x",
            source=source,
            at=at,
        )
    assert not CriterionValue.objects.exists()


def test_only_what_the_actor_may_see_and_change(
    make_person, sales, privacy, other_team, source, choice, at
):
    make_person("", "Meiner", owner=sales)
    make_person("", "Fremd", team=other_team)
    assert bulk.confirm(actor=sales, records=Person.objects.all(), at=at) == 1
    assert Person.objects.get(surname="Fremd").confirmed_on is None
    with pytest.raises(errors.NotPermitted):
        bulk.confirm(actor=privacy, records=Person.objects.all(), at=at)


@pytest.mark.parametrize("count", [3, 30])
def test_the_number_of_statements_is_fixed(make_person, admin, source, choice, at, count):
    for number in range(count):
        make_person("", f"N{number}")
    with CaptureQueriesContext(connection) as captured:
        bulk.confirm(actor=admin, records=Person.objects.all(), at=at)
        bulk.answer(
            actor=admin,
            records=Person.objects.all(),
            criterion=choice,
            value="A",
            source=source,
            at=at,
        )
    assert len(captured) == 18
    assert date(2026, 3, 17) == Person.objects.first().confirmed_on
