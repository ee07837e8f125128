"""What is found, in which order, with which marks, and by whom."""

import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from contacts import indexing, search
from contacts.models import ContactPointHolder, ContactPointStatus
from contacts.searching.marking import Part
from crm.accounts.models import RoleCode, Team, User, Visibility
from tests.contacts.search.conftest import Stock

pytestmark = pytest.mark.django_db
Finder = Callable[..., tuple[list[str], list[str]]]


@pytest.fixture
def find(admin: User, stock: Stock) -> Finder:
    """``find("maier")`` → names of persons and of companies; ``~`` before other spellings."""

    def names(text: str, user: User = admin, **options: int) -> tuple[list[str], list[str]]:
        results = search.find(user=user, text=text, **options)
        persons = [("~" if hit.by_sound else "") + hit.name for hit in results.persons]
        companies = [("~" if hit.by_sound else "") + hit.name for hit in results.companies]
        return persons, companies

    return names


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("ma", ["Dr. Johannes Maier", "Hans Mayer"]),
        ("maier", ["Dr. Johannes Maier", "~Änne Meier-Voß", "~Hans Mayer", "~Anna Meyer"]),
        ("meyer", ["Anna Meyer", "~Änne Meier-Voß", "~Hans Mayer", "~Dr. Johannes Maier"]),
        ("MAIER", ["Dr. Johannes Maier", "~Änne Meier-Voß", "~Hans Mayer", "~Anna Meyer"]),
        ("johannes maier", ["Dr. Johannes Maier"]),
        ("maier johannes", ["Dr. Johannes Maier"]),
        ("Maier, Johannes", ["Dr. Johannes Maier"]),
        ("Herr Dr. Johannes Maier", ["Dr. Johannes Maier"]),
        ("meyer johannes", ["~Dr. Johannes Maier"]),
        ("meier joh", ["~Dr. Johannes Maier"]),
        ("jo ma", ["Dr. Johannes Maier"]),
        ("hans", ["Hans Mayer", "Hans Peter von der Heide"]),
        ("hans peter heide", ["Hans Peter von der Heide"]),
        ("heide hans", ["Hans Peter von der Heide"]),
        ("von der heide", ["Hans Peter von der Heide"]),
        ("voss", ["Änne Meier-Voß"]),
        ("voß", ["Änne Meier-Voß"]),
        ("aenne", ["Änne Meier-Voß", "~Anna Meyer"]),
        ("mueller", ["Uwe Mueller", "Ute Müller"]),
        ("müller", ["Ute Müller", "Uwe Mueller"]),
        ("muller", ["Ute Müller", "Uwe Mueller"]),
        ("stefan krueger", ["~Stephan Krüger"]),
        ("havelberg", ["Dr. Johannes Maier"]),
        ("maier havelberg", ["Dr. Johannes Maier"]),
        ("mai havel", ["Dr. Johannes Maier"]),
        ("030 23125-101", ["Dr. Johannes Maier"]),
        ("+49 (0)30 23125101", ["Dr. Johannes Maier"]),
        ("0049302312510", ["Dr. Johannes Maier"]),
        ("23125101", ["Dr. Johannes Maier"]),
        ("5101", ["Dr. Johannes Maier"]),
        ("0171/39 20 001", ["Hans Mayer"]),
        ("j.maier@havelberg.example", ["Dr. Johannes Maier"]),
        ("J.Mai", ["Dr. Johannes Maier"]),
        ("havelberg.example", ["Dr. Johannes Maier", "Anna Meyer"]),
        ("@havelberg.example", ["Dr. Johannes Maier", "Anna Meyer"]),
        ("OL-771", ["Hans Mayer"]),
        ("@hans", ["Hans Mayer", "Hans Peter von der Heide"]),
        ("#hans", []),
        ("m", []),
        ("", []),
        ("@", []),
        ("xyzzy", []),
        ("%", []),
        ("'; DROP TABLE", []),
        ("maier & !", ["Dr. Johannes Maier", "~Änne Meier-Voß", "~Hans Mayer", "~Anna Meyer"]),
    ],
)
def test_persons(find: Finder, text: str, persons: list[str]) -> None:
    assert sorted(find(text)[0]) == sorted(persons)


def test_order_is_as_typed_then_other_spellings_the_nearest_first(find: Finder) -> None:
    assert find("meyer")[0] == [
        "Anna Meyer", "~Änne Meier-Voß", "~Hans Mayer", "~Dr. Johannes Maier",
    ]  # fmt: skip
    assert find("hans")[0] == ["Hans Mayer", "Hans Peter von der Heide"]


@pytest.mark.parametrize(
    ("text", "companies"),
    [
        ("havel", ["Havelberg Anlagenbau GmbH"]),
        ("Havelberg GmbH", ["Havelberg Anlagenbau GmbH"]),
        ("anlagenbau", ["Havelberg Anlagenbau GmbH"]),
        ("maier", ["~Mayr Hebetechnik e. K."]),
        ("maerkische", ["Märkische Filterwerke GmbH"]),
        ("hebetechnik cottbus", ["Mayr Hebetechnik e. K."]),
        ("03046", ["Mayr Hebetechnik e. K."]),
        ("K-10023", ["Havelberg Anlagenbau GmbH"]),
        ("K-100", ["Havelberg Anlagenbau GmbH", "Mayr Hebetechnik e. K."]),
        ("030 231250", ["Havelberg Anlagenbau GmbH"]),
        ("#ma", ["Märkische Filterwerke GmbH", "Mayr Hebetechnik e. K."]),
        ("@ma", []),
    ],
)
def test_companies(find: Finder, text: str, companies: list[str]) -> None:
    assert find(text)[1] == companies


def test_only_what_the_user_may_see_is_found(
    find: Finder, stock: Stock, make_user: Callable[..., User], team: Team, other_team: Team
) -> None:
    south = make_user(RoleCode.SALES, teams=[other_team])
    assert find("maier", south) == (["~Anna Meyer"], [])
    assert find("havelberg", south) == ([], [])
    assert find("23125101", south) == ([], [])
    assert find("K-10023", south) == ([], [])
    assert find("OL-771", south) == ([], [])
    assert find("havelberg.example", south) == (["Anna Meyer"], [])
    assert find("meyer johannes", south) == ([], [])
    both = make_user(RoleCode.SALES, teams=[team, other_team])
    assert find("meyer", both) == find("meyer")


def test_own_visibility_finds_own_records_only(
    find: Finder, stock: Stock, make_user: Callable[..., User], sales: User
) -> None:
    for role in sales.roles.all():
        role.visibility = Visibility.OWN
        role.save()
    user = User.objects.get(pk=sales.pk)
    assert find("maier", user) == ([], [])
    person = stock.persons["johannes"]
    type(person).objects.filter(pk=person.pk).update(owner=user)
    indexing.refresh_persons([person.pk])
    assert find("meyer", user) == (["~Dr. Johannes Maier"], [])


def test_users_of_many_teams_find_the_same(
    find: Finder, make_user: Callable[..., User], team: Team, other_team: Team
) -> None:
    teams = [team, other_team, *(Team.objects.create(name=f"Team {n}") for n in range(4))]
    assert find("meyer", make_user(RoleCode.SALES, teams=teams)) == find("meyer")


def test_an_inactive_user_finds_nothing(find: Finder, sales: User) -> None:
    sales.is_active = False
    assert find("maier", sales) == ([], [])


def test_limit_keeps_places_for_other_spellings_and_tells_of_more(
    admin: User, stock: Stock, make_person: Callable[..., object]
) -> None:
    for given_name in ("Ada", "Bea", "Cleo", "Dora", "Edda"):
        make_person(given_name, "Maier")
    results = search.find(user=admin, text="maier", limit=4)
    assert [hit.by_sound for hit in results.persons] == [False, False, True, True]
    assert results.more_persons
    assert not search.find(user=admin, text="johannes maier", limit=4).more_persons
    assert len(search.find(user=admin, text="maier", limit=500).persons) == 9


def test_what_was_found_is_marked(admin: User, stock: Stock) -> None:
    (first, *_others) = search.find(user=admin, text="mai joh").persons
    assert first.title == (
        Part("Dr. "),
        Part("Joh", marked=True),
        Part("annes "),
        Part("Mai", marked=True),
        Part("er"),
    )
    assert first.details_text == "Leiter Technik, Havelberg Anlagenbau GmbH · 030 23125101"
    (mayr,) = search.find(user=admin, text="maier").companies
    assert mayr.title == (Part("Mayr", marked=True), Part(" Hebetechnik e. K."))
    assert mayr.details_text == "Cottbus · K-10024"
    (caller,) = search.find(user=admin, text="23125101").persons
    assert caller.details[0] == Part("030 23125101", marked=True)
    (aenne, *_others) = search.find(user=admin, text="aenne").persons
    assert aenne.title[0] == Part("Änne", marked=True)


def test_retired_numbers_identify_nobody(admin: User, stock: Stock) -> None:
    holders = ContactPointHolder.objects.filter(person=stock.persons["johannes"])
    holders.update(status=ContactPointStatus.RETIRED)
    assert not search.find(user=admin, text="23125101").persons


def test_command_prints_what_the_user_sees(admin: User, stock: Stock) -> None:
    out = StringIO()
    call_command("search", "johannes maier", "--as", admin.email, "--json", stdout=out)
    (line,) = out.getvalue().splitlines()
    assert json.loads(line) == {
        "kind": "person",
        "id": str(stock.persons["johannes"].public_id),
        "name": "Dr. Johannes Maier",
        "details": "Leiter Technik, Havelberg Anlagenbau GmbH · 030 23125101",
        "by_sound": False,
    }
    out = StringIO()
    call_command("search", "meyer joh", "--as", admin.email, stdout=out)
    assert "(andere Schreibung)" in out.getvalue()
    with pytest.raises(CommandError, match="gibt es nicht"):
        call_command("search", "x", "--as", "niemand@einklang.example")


@pytest.mark.parametrize("text", ["ma", "meyer", "meyer johannes", "030 23125101", "xyzzy"])
def test_a_search_is_few_statements(
    admin: User, stock: Stock, text: str, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    assert admin.access  # roles and teams are read once per request
    with django_assert_max_num_queries(6):  # three stages, persons, companies, their lines
        search.find(user=admin, text=text)
