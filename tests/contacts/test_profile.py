"""What the page of a record is made of, and that it costs the same however much there is."""

from datetime import date, timedelta

import pytest

from contacts import (
    addresses,
    companies,
    contact_points,
    criteria,
    employments,
    external_ids,
    freshness,
    persons,
    profile,
    qualification,
    sources,
)
from contacts.deadlines import Term
from contacts.freshness import Freshness
from contacts.models import Company, Person, SourceKind


@pytest.fixture
def havelberg(admin, source, at) -> Company:
    return companies.create(
        actor=admin, values={"name": "Havelberg Anlagenbau GmbH"}, source=source, at=at
    )


@pytest.fixture
def maier(make_person, admin, havelberg, source, at) -> Person:
    person = make_person("Johannes", "Maier", title="Dr.", salutation="HERR")
    known = {"actor": admin, "source": source, "at": at}
    contact_points.add(record=person, kind="EMAIL", value="j.maier@havelberg.example", **known)
    contact_points.add(
        record=person,
        kind="PHONE",
        value="030 23125 101",
        confirmed_on=at.date(),
        **known,
    )
    addresses.add(
        record=person,
        values={"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"},
        confirmed_on=at.date() - timedelta(days=800),
        **known,
    )
    employments.add(
        person=person, company=havelberg, values={"function": "Leiter Technik"}, **known
    )
    external_ids.add(record=person, system="ERP", value="P-4711", **known)
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def read(admin, at):
    def read(record, user=admin):
        if isinstance(record, Person):
            return profile.of_person(user=user, person=record, at=at)
        return profile.of_company(user=user, company=record, at=at)

    return read


def test_a_profile_holds_everything_with_its_origin(read, maier, havelberg, source) -> None:
    shown = read(maier)
    assert [point.holder.contact_point.display for point in shown.points] == [
        "030 23125101",
        "j.maier@havelberg.example",
    ]
    assert [point.origin.freshness for point in shown.points] == [Freshness.FRESH, Freshness.NEVER]
    assert [(str(place.address), place.origin.freshness) for place in shown.places] == [
        ("Am Speicher 14, 10997 Berlin", Freshness.STALE)
    ]
    assert [(role.employment.company, role.is_open) for role in shown.roles] == [(havelberg, True)]
    assert shown.main_role is not None
    assert [number.value for number in shown.numbers] == ["P-4711"]
    assert [(share.source, share.term) for share in shown.shares] == [(source, Term.UNLIMITED)]
    assert shown.shares[0].what == ["Name", "Telefon", "E-Mail", "Anschrift", "Funktion"]


def test_completeness_is_the_stored_one(read, maier, havelberg) -> None:
    assert read(maier).percentage == maier.completeness == 100
    assert read(havelberg).percentage == havelberg.completeness == 10


def test_freshness_counts_current_data_only(read, maier, admin, at) -> None:
    before = read(maier).freshnesses
    assert before == {Freshness.FRESH: 1, Freshness.STALE: 1, Freshness.NEVER: 3}
    freshness.confirm_record(actor=admin, record=maier, at=at)
    assert read(Person.objects.get(pk=maier.pk)).freshnesses == {Freshness.FRESH: 5}
    address = maier.addresses.get()
    addresses.end(actor=admin, address=address, last_day=at.date() - timedelta(days=1), at=at)
    shown = read(Person.objects.get(pk=maier.pk))
    assert shown.freshnesses == {Freshness.FRESH: 4}
    assert [place.is_over for place in shown.places] == [True]


def test_a_field_from_another_source_says_so(read, maier, admin, at) -> None:
    fair = sources.create(actor=admin, kind=SourceKind.FAIR, name="Hausmesse 2026", at=at)
    persons.update(
        actor=admin,
        person=maier,
        values={"title": "Prof. Dr."},
        source=fair,
        confirmed_on=date(2026, 2, 12),
        at=at,
    )
    shown = read(Person.objects.get(pk=maier.pk))
    assert set(shown.fields) == {"title"}
    assert shown.fields["title"].source == fair
    assert shown.fields["title"].confirmed_on == date(2026, 2, 12)
    assert ("Hausmesse 2026", ["Titel"]) in [(each.source.name, each.what) for each in shown.shares]


def test_the_other_holders_of_a_number_are_named_if_they_may_be_seen(
    read, maier, make_person, admin, source, at, sales, team
) -> None:
    known = {"actor": admin, "source": source, "at": at}
    seen = make_person("Anna", "Abel", team=team)
    hidden = make_person("Bernd", "Bohm")
    mine = make_person("Clara", "Conz", team=team)
    for person in (seen, hidden, mine):
        contact_points.add(record=person, kind="PHONE", value="030 23125 109", **known)
    assert read(mine, user=sales).points[0].shared_with == (seen,)
    assert read(mine).points[0].shared_with == (seen, hidden)


def test_colleagues_and_companies_follow_visibility(
    read, maier, havelberg, make_person, admin, source, at, sales, team
) -> None:
    known = {"actor": admin, "source": source, "at": at}
    mine = make_person("Anna", "Abel", team=team)
    other = make_person("Bernd", "Bohm", team=team)
    for person in (mine, other):
        employments.add(person=person, company=havelberg, values={"function": "Einkauf"}, **known)
    shown = read(mine, user=sales)
    assert [each.person for each in shown.neighbours] == [other]
    assert [role.is_open for role in shown.roles] == [False]
    assert [each.person for each in read(mine).neighbours] == [other, maier]
    assert [r.employment.person for r in read(havelberg).roles] == [mine, other, maier]


def test_answers_come_with_their_history(read, maier, admin, source, at) -> None:
    role = criteria.create(
        actor=admin,
        label="Rolle im Einkauf",
        subject="PERSON",
        type="CHOICE",
        choices=["Fachentscheider", "Einkäufer"],
        at=at,
    )
    criteria.create(actor=admin, label="Budgetmonat", subject="PERSON", type="TEXT", at=at)
    for moment, value in ((at, "Einkäufer"), (at + timedelta(days=1), "Fachentscheider")):
        qualification.set_value(
            actor=admin, record=maier, criterion=role, value=value, source=source, at=moment
        )
    first, second = read(maier).replies
    assert (first.text, [former.text for former in first.former]) == (
        "Fachentscheider",
        ["Einkäufer"],
    )
    assert first.former[0].superseded_at == at + timedelta(days=1)
    assert (second.value, second.text, second.former) == (None, "", ())
    assert read(maier).answered == 1


def test_a_company_shows_what_hangs_below_it(read, havelberg, admin, source, at) -> None:
    below = companies.create(
        actor=admin, values={"name": "Havelberg Service", "parent": havelberg}, source=source, at=at
    )
    assert read(havelberg).subsidiaries == [below]
    assert read(below).parent_is_open is True


@pytest.mark.parametrize("copies", [1, 6])
def test_the_number_of_queries_does_not_grow(
    read, maier, make_person, admin, havelberg, source, at, copies, django_assert_num_queries
) -> None:
    known = {"actor": admin, "source": source, "at": at}
    for n in range(copies):
        contact_points.add(record=maier, kind="PHONE", value=f"030 23125 2{n:02}", **known)
        colleague = make_person("Anna", f"Abel{n}")
        employments.add(person=colleague, company=havelberg, values={}, **known)
        criterion = criteria.create(
            actor=admin, label=f"Frage {n}", subject="PERSON", type="TEXT", at=at
        )
        qualification.set_value(
            actor=admin, record=maier, criterion=criterion, value="x", source=source, at=at
        )
    person = Person.objects.select_related("source").get(pk=maier.pk)
    assert admin.access
    with django_assert_num_queries(11):
        read(person)
