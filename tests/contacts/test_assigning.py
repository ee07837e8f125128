"""Owner and team of many records at once."""

import pytest

from contacts import assigning
from contacts.models import Person
from crm.kernel import errors
from crm.kernel.models import AuditEntry


def test_many_records_change_hands_in_few_statements(
    admin, sales, make_person, at, django_assert_max_num_queries
) -> None:
    for number in range(20):
        make_person("Anna", f"Abel{number}")
    with django_assert_max_num_queries(20):
        changed = assigning.assign(
            actor=admin, records=Person.objects.all(), owner=sales, team=None, at=at
        )
    assert changed == 20
    assert Person.objects.filter(owner=sales, version=2).count() == 20
    assert AuditEntry.objects.filter(action="person.assigned").count() == 20
    assert f"'=o{sales.pk}'" in str(Person.objects.first().search)


def test_what_belongs_there_already_does_not_change(admin, make_person, at) -> None:
    make_person("Anna", "Abel")
    assert assigning.assign(actor=admin, records=Person.objects.all(), owner=admin, at=at) == 0
    assert not AuditEntry.objects.filter(action="person.assigned").exists()


def test_only_what_the_actor_sees(team_lead, make_person, team, other_team, at) -> None:
    ours = make_person("Anna", "Abel", team=team)
    theirs = make_person("Bernd", "Bohm", team=other_team)
    assert (
        assigning.assign(actor=team_lead, records=Person.objects.all(), owner=team_lead, at=at) == 1
    )
    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.owner, theirs.owner) == (team_lead, None)


def test_a_rep_may_not_assign(sales, make_person, team, at) -> None:
    person = make_person("Anna", "Abel", team=team)
    with pytest.raises(errors.NotPermitted):
        assigning.assign(actor=sales, records=Person.objects.all(), owner=sales, at=at)
    person.refresh_from_db()
    assert person.owner is None
