"""The change history of a record, readable, in pages, with the imports it came from."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from contacts import (
    addresses,
    changes,
    contact_points,
    criteria,
    freshness,
    merging,
    persons,
    qualification,
)
from contacts.change_topics import Topic
from contacts.difference_texts import Difference
from contacts.models import ImportRow, ImportRun, Person
from crm.kernel import audit


@pytest.fixture
def maier(make_person) -> Person:
    return make_person("Johannes", "Maier", title="Dr.")


def the_last(record: Person) -> changes.Change:
    return changes.page(record=record, reader=None).changes[0]


def test_a_new_record_has_its_creation(maier, admin, at) -> None:
    page = changes.page(record=maier, reader=None)
    assert [(each.action, each.topic, each.actor, each.at) for each in page.changes] == [
        ("person.created", Topic.RECORD, str(admin), at)
    ]
    assert page.changes[0].differences == (
        Difference("Titel", "", "Dr."),
        Difference("Vorname", "", "Johannes"),
        Difference("Nachname", "", "Maier"),
    )
    assert (page.total, page.older, page.first_at) == (1, 0, at)


def test_fields_have_labels_and_codes_have_words(maier, admin, source, at) -> None:
    persons.update(
        actor=admin,
        person=maier,
        values={"salutation": "HERR", "birth_date": date(1971, 2, 14)},
        source=source,
        at=at,
    )
    assert the_last(maier).differences == (
        Difference("Anrede", "", "Herr"),
        Difference("Geburtsdatum", "", date(1971, 2, 14)),
    )


def test_contact_points_addresses_and_confirmations(maier, admin, source, at) -> None:
    known = {"actor": admin, "source": source, "at": at}
    holder = contact_points.add(record=maier, kind="EMAIL", value="j@maier.example", **known)
    assert the_last(maier).differences == (Difference("E-Mail", "", "j@maier.example"),)
    contact_points.set_status(actor=admin, holder=holder, status="BOUNCED", at=at)
    assert the_last(maier).topic == Topic.REACH
    assert the_last(maier).differences == (
        Difference("E-Mail j@maier.example – Status", "aktiv", "unzustellbar"),
    )
    address = addresses.add(record=maier, values={"city": "Kiel"}, **known)
    freshness.confirm(actor=admin, datum=address, at=at)
    assert the_last(maier).topic == Topic.CONFIRMATION
    assert the_last(maier).differences == (Difference("Kiel – bestätigt am", "", at.date()),)


def test_a_row_is_read_in_the_language_of_its_reader(maier, admin, source, at) -> None:
    known = {"actor": admin, "source": source, "at": at}
    with translation.override("en"):
        contact_points.add(record=maier, kind="PHONE", value="030 23125 101", **known)
    assert the_last(maier).differences == (Difference("Telefon", "", "030 23125101"),)
    addresses.add(record=maier, values={"city": "Kiel"}, **known)
    with translation.override("en"):
        assert the_last(maier).differences == (Difference("Address (business)", "", "Kiel"),)


def test_answers_are_read_with_their_criterion(maier, admin, source, at) -> None:
    question = criteria.create(
        actor=admin, label="Newsletter", subject="PERSON", type="BOOLEAN", at=at
    )
    for value in (True, None):
        qualification.set_value(
            actor=admin, record=maier, criterion=question, value=value, source=source, at=at
        )
    taken_back, given = changes.page(record=maier, reader=None).changes[:2]
    assert given.differences == (Difference("Newsletter", "", "ja"),)
    assert taken_back.differences == (Difference("Newsletter", "ja", ""),)


def test_pages_follow_one_another(maier, admin, source, at) -> None:
    for n in range(5):
        persons.update(actor=admin, person=maier, values={"remark": str(n)}, source=source, at=at)
    first = changes.page(record=maier, reader=None, size=4)
    second = changes.page(record=maier, reader=None, size=4, before=first.older)
    assert [each.action for each in first.changes] == ["person.updated"] * 4
    assert [each.action for each in second.changes] == ["person.updated", "person.created"]
    assert (second.older, first.total) == (0, 6)


def test_topics_filter_and_are_counted(maier, admin, source, at) -> None:
    contact_points.add(
        actor=admin, record=maier, kind="PHONE", value="030 23125 101", source=source, at=at
    )
    freshness.confirm_record(actor=admin, record=maier, at=at)
    assert changes.page(record=maier, reader=None).counts == {
        Topic.RECORD: 1,
        Topic.REACH: 1,
        Topic.CONFIRMATION: 1,
    }
    for topic, action in (
        (Topic.RECORD, "person.created"),
        (Topic.REACH, "contact-point.added"),
        (Topic.CONFIRMATION, "record.confirmed"),
    ):
        found = changes.page(record=maier, reader=None, topic=topic).changes
        assert [each.action for each in found] == [action]
    assert changes.page(record=maier, reader=None, topic=Topic.ROLES).changes == []


@pytest.fixture
def run(source, admin, at) -> ImportRun:
    return ImportRun.objects.create(
        source=source,
        created_by=admin,
        file="imports/kunden.csv",
        file_name="kunden.csv",
        file_size=1,
        file_hash="0" * 64,
        created_at=at,
        finished_at=at + timedelta(minutes=5),
    )


def test_what_an_import_changed_names_it(maier, admin, run, at) -> None:
    audit.record(
        actor=admin,
        action="person.updated",
        target=maier,
        changes={"title": ["Dr.", ""]},
        context={"import": run.pk, "row": 212},
        at=at,
    )
    ImportRow.objects.create(run=run, number=212, outcome="UPDATED", person=maier)
    page = changes.page(record=maier, reader=None)
    assert page.counts == {Topic.RECORD: 1, Topic.IMPORT: 1}
    assert page.changes[0].topic == Topic.IMPORT
    assert page.changes[0].trace == changes.Trace(run, 212)


def test_a_row_that_changed_nothing_is_told_once(maier, run, admin, source, at) -> None:
    ImportRow.objects.create(run=run, number=7, outcome="UNCHANGED", person=maier)
    later = at + timedelta(hours=1)
    persons.update(actor=admin, person=maier, values={"remark": "x"}, source=source, at=later)
    page = changes.page(record=maier, reader=None)
    assert [each.action for each in page.changes] == [
        "person.updated",
        "import.unchanged",
        "person.created",
    ]
    first = changes.page(record=maier, reader=None, size=1)
    second = changes.page(record=maier, reader=None, size=1, before=first.older)
    assert [each.action for each in first.changes] == ["person.updated"]
    assert [each.action for each in second.changes] == ["import.unchanged", "person.created"]


def test_what_happened_since_a_version(maier, admin, source, at) -> None:
    version = maier.version
    persons.update(actor=admin, person=maier, values={"remark": "neu"}, source=source, at=at)
    happened = changes.since(record=maier, version=version, actual=version + 1)
    assert [each.differences for each in happened] == [(Difference("Bemerkung", "", "neu"),)]
    assert changes.since(record=maier, version=5, actual=5) == []


@pytest.fixture
def twins(maier, make_person, team, other_team):
    """Maier, for the team to see, and Mayer, who belongs to another one."""
    Person.objects.filter(pk=maier.pk).update(team=team)
    return Person.objects.get(pk=maier.pk), make_person("Johannes", "Mayer", team=other_team)


def told(record, reader, **asked):
    page = changes.page(record=record, reader=reader, **asked)
    return [(each.action, each.alias) for each in page.changes]


def test_what_was_logged_on_a_merged_record_is_told_as_such(
    twins, admin, source, at, django_assert_num_queries
):
    maier, mayer = twins
    persons.update(actor=admin, person=mayer, values={"title": "Dr."}, source=source, at=at)
    merge = merging.merge(actor=admin, survivor=maier, others=[mayer], at=at)
    alias = "Dr. Johannes Mayer"
    with django_assert_num_queries(6):
        page = changes.page(record=maier, reader=admin)
    assert told(maier, admin) == [
        ("person.became-alias", alias),
        ("person.merged", ""),
        ("person.updated", alias),
        ("person.created", alias),
        ("person.created", ""),
    ]
    assert (page.total, page.counts) == (5, {Topic.RECORD: 5})
    second = changes.page(record=maier, reader=admin, size=2, before=page.changes[1].number)
    assert [each.alias for each in second.changes] == [alias, alias]
    merging.undo(actor=admin, merge=merge, at=at)
    assert told(maier, admin) == [
        ("person.merge-undone", ""),
        ("person.merged", ""),
        ("person.created", ""),
    ]
    back = told(Person.objects.get(pk=mayer.pk), admin)
    assert [action for action, _alias in back] == [
        "person.separated",
        "person.became-alias",
        "person.updated",
        "person.created",
    ]
    assert {alias for _action, alias in back} == {""}


def test_chains_are_told_in_full(twins, make_person, admin, at):
    maier, mayer = twins
    third = make_person("Johann", "Meier")
    merging.merge(actor=admin, survivor=maier, others=[mayer], at=at)
    last = merging.merge(actor=admin, survivor=third, others=[maier], at=at)
    names = {alias for _action, alias in told(third, admin)}
    assert names == {"", "Johannes Mayer", "Dr. Johannes Maier"}
    merging.undo(actor=admin, merge=last, at=at)
    assert {alias for _action, alias in told(third, admin)} == {""}


def test_who_may_not_see_the_merged_record_learns_nothing_of_it(twins, admin, sales, at):
    maier, mayer = twins
    merging.merge(actor=admin, survivor=maier, others=[mayer], at=at)
    assert told(maier, sales) == [("person.merged", ""), ("person.created", "")]
    page = changes.page(record=maier, reader=sales)
    assert (page.total, page.counts) == (2, {Topic.RECORD: 2})


def test_a_conflict_is_about_the_record_itself(twins, admin, source, at):
    maier, mayer = twins
    for record in twins:
        persons.update(actor=admin, person=record, values={"remark": "neu"}, source=source, at=at)
    before = Person.objects.get(pk=maier.pk).version
    merging.merge(actor=admin, survivor=Person.objects.get(pk=maier.pk), others=[mayer], at=at)
    fresh = Person.objects.get(pk=maier.pk)
    found = changes.since(record=fresh, version=before, actual=fresh.version)
    assert [each.action for each in found] == ["person.merged"]
