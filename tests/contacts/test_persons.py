"""Persons are created and changed through one door, with source, version and audit row."""

from datetime import date, datetime

import pytest

from contacts import access, persons, sources
from contacts.models import Person, SourceKind
from crm.kernel import errors
from crm.kernel.models import AuditEntry


def test_a_person_is_created_with_owner_team_keys_and_audit_row(sales, team, source, at) -> None:
    person = persons.create(
        actor=sales,
        values={"title": "Dr.", "given_name": "Änne", "particle": "von", "surname": "Müller-Voß"},
        source=source,
        at=at,
    )
    assert person.full_name == "Dr. Änne von Müller-Voß"
    assert person.name_for_lists == "Müller-Voß, Dr. Änne von"
    assert (person.owner, person.team, person.version) == (sales, team, 1)
    assert person.sort_key == "muller voss\tanne\tvon"
    assert person.surname_code == "657 38"
    assert person.completeness == 20
    entry = AuditEntry.objects.get(object_type="contacts.person")
    assert (entry.action, entry.object_id, entry.actor_id) == (
        "person.created",
        person.pk,
        sales.pk,
    )
    assert entry.changes["surname"] == ["", "Müller-Voß"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"given_name": "", "surname": " "}, "surname"),
        ({"surname": "x" * 151}, "surname"),
        ({"surname": "Maier", "salutation": "KING"}, "salutation"),
        ({"surname": "Maier", "birth_date": date(2027, 1, 1)}, "birth_date"),
        ({"surname": "Maier", "shoe_size": 43}, "shoe_size"),
    ],
)
def test_bad_values_are_refused_and_nothing_is_written(sales, source, at, values, field) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        persons.create(actor=sales, values=values, source=source, at=at)
    assert list(refusal.value.errors) == [field]
    assert Person.objects.count() == 0
    assert not AuditEntry.objects.filter(object_type="contacts.person").exists()


def test_a_change_counts_up_and_tells_what_changed(sales, source, at) -> None:
    person = persons.create(actor=sales, values={"surname": "Maier"}, source=source, at=at)
    changed = persons.update(
        actor=sales,
        person=person,
        version=1,
        values={"surname": "Meyer", "given_name": ""},
        source=source,
        at=at,
    )
    assert (changed.surname, changed.version, changed.sort_key) == ("Meyer", 2, "meyer")
    assert AuditEntry.objects.get(action="person.updated").changes == {
        "surname": ["Maier", "Meyer"]
    }


def test_a_change_that_changes_nothing_leaves_no_trace(sales, source, at) -> None:
    person = persons.create(actor=sales, values={"surname": "Maier"}, source=source, at=at)
    same = persons.update(
        actor=sales, person=person, values={"surname": "Maier"}, source=source, at=at
    )
    assert same.version == 1
    assert not AuditEntry.objects.filter(action="person.updated").exists()


def test_who_read_an_older_version_does_not_overwrite(sales, source, at) -> None:
    person = persons.create(actor=sales, values={"surname": "Maier"}, source=source, at=at)
    persons.update(
        actor=sales, person=person, version=1, values={"title": "Dr."}, source=source, at=at
    )
    with pytest.raises(errors.Conflict):
        persons.update(
            actor=sales, person=person, version=1, values={"title": "Prof."}, source=source, at=at
        )
    assert Person.objects.get().title == "Dr."


def test_a_field_from_another_source_remembers_it(sales, source, at: datetime) -> None:
    fair = sources.create(actor=None, kind=SourceKind.FAIR, name="Messe", at=at)
    person = persons.create(actor=sales, values={"surname": "Maier"}, source=source, at=at)
    person = persons.update(
        actor=sales,
        person=person,
        values={"title": "Dr."},
        source=fair,
        confirmed_on=date(2026, 3, 11),
        at=at,
    )
    assert person.field_sources == {"title": {"source": fair.pk, "confirmed_on": "2026-03-11"}}
    person = persons.update(actor=sales, person=person, values={"title": ""}, source=source, at=at)
    assert person.field_sources == {}


def test_visibility_own_team_all(make_user, make_person, team, other_team, service) -> None:
    from crm.accounts.models import Role, RoleCode, Visibility

    rep = make_user(RoleCode.SALES, teams=[team])
    mine = make_person("Anna", "Abel", owner=rep)
    ours = make_person("Bernd", "Bohm", team=team)
    theirs = make_person("Carla", "Claus", team=other_team)

    def seen(user) -> set[str]:
        user.__dict__.pop("access", None)
        return set(Person.objects.visible_to(user).values_list("surname", flat=True))

    assert seen(service) == {"Abel", "Bohm", "Claus"}
    assert seen(rep) == {"Abel", "Bohm"}
    Role.objects.filter(code=RoleCode.SALES).update(visibility=Visibility.OWN)
    assert seen(rep) == {"Abel"}
    assert access.person_for(user=rep, public_id=mine.public_id) == mine
    for person in (ours, theirs):
        with pytest.raises(errors.NotFound):
            access.person_for(user=rep, public_id=person.public_id)


def test_an_address_that_is_no_uuid_is_not_found(service) -> None:
    with pytest.raises(errors.NotFound):
        access.person_for(user=service, public_id="10482")


def test_who_may_only_read_changes_nothing(privacy, make_person, source, at) -> None:
    person = make_person("Anna", "Abel")
    with pytest.raises(errors.NotPermitted):
        persons.update(actor=privacy, person=person, values={"title": "X"}, source=source, at=at)
    person.refresh_from_db()
    assert person.title == ""


def test_who_does_not_see_a_person_is_told_there_is_none(
    sales, make_person, other_team, source, at
) -> None:
    person = make_person("Anna", "Abel", team=other_team)
    with pytest.raises(errors.NotFound):
        persons.update(actor=sales, person=person, values={"title": "X"}, source=source, at=at)
    person.refresh_from_db()
    assert person.title == ""
