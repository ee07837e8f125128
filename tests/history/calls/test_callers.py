"""Who is calling: every notation, several holders, switchboards, and who may not be seen."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts import companies, contact_points, employments
from contacts.models import Person
from crm.accounts.models import RoleCode
from crm.kernel import errors
from history import callers, touchpoints
from history.callers import Certainty
from history.models import Activity, Order, Touchpoint

QUERIES = 9


@pytest.fixture
def reached(admin, source, at):
    """``reached(record, "0211 123456")`` gives somebody a number."""

    def give(record: Any, value: str, *, kind: str = "PHONE") -> None:
        contact_points.add(actor=admin, record=record, kind=kind, value=value, source=source, at=at)

    return give


@pytest.fixture
def maier(make_person, reached) -> Person:
    person = make_person("Johannes", "Maier", title="Dr.")
    reached(person, "0211 8765432")
    return person


@pytest.fixture
def werft(admin, source, at, reached):
    company = companies.create(actor=admin, values={"name": "Werft AG"}, source=source, at=at)
    reached(company, "0211 12345-0")
    return company


@pytest.mark.parametrize(
    "number",
    ["0211/8765432", "+49 211 8765432", "(0211) 87 65-432", "00492118765432", "492118765432",
     "sip:+492118765432@example.net", "8765432", "tel:+49-211-8765432"],
)  # fmt: skip
def test_one_is_found_in_every_notation(maier, admin, number) -> None:
    answer = callers.find(user=admin, number=number)
    assert answer.certainty == Certainty.ONE
    assert [each.name for each in answer.callers] == ["Dr. Johannes Maier"]
    assert answer.background is not None
    assert not answer.has_hidden


def test_with_role_company_contacts_and_what_is_open(
    maier, werft, admin, source, service, at
) -> None:
    employments.add(
        actor=admin, person=maier, company=werft, values={"function": "Einkauf"}, source=source,
        at=at,
    )  # fmt: skip
    first = touchpoints.record(
        actor=None, channel="PHONE", direction="IN", happened_at=at, contact_value="0211 8765432",
        subject="Als es noch niemand kannte", at=at,
    )  # fmt: skip
    second = touchpoints.record(
        actor=None, channel="EMAIL", direction="IN", happened_at=at, subject="Angebot",
        persons=[(maier, "FROM")], at=at,
    )  # fmt: skip
    task = Activity.objects.create(
        kind="PROMISE", subject="Preis nennen", due_at=at, person=maier, created_at=at,
        updated_at=at,
    )  # fmt: skip
    order = Order.objects.create(
        number="A-1", ordered_on=at.date(), total=12, person=maier, source=source, updated_at=at
    )
    answer = callers.find(user=admin, number="+492118765432")
    caller, background = answer.callers[0], answer.background
    assert (caller.company, caller.company_id) == ("Werft AG", werft.public_id)
    assert caller.function == "Einkauf"
    assert background.contacts == [second, first]
    assert (background.activities, background.orders, background.deals) == ([task], [order], [])


@pytest.mark.parametrize("number", ["+49211123450", "0211 12345", "0211 12345-67", "0211 12345678"])
def test_behind_a_switchboard_the_company_is_known(werft, admin, number) -> None:
    answer = callers.find(user=admin, number=number)
    assert answer.certainty == Certainty.SWITCHBOARD
    assert [each.public_id for each in answer.callers] == [werft.public_id]


def test_the_longest_number_of_a_switchboard_counts(werft, admin, source, reached, at) -> None:
    other = companies.create(actor=admin, values={"name": "Dock AG"}, source=source, at=at)
    reached(other, "0211 123456-0")
    answer = callers.find(user=admin, number="0211 123456-12")
    assert [each.public_id for each in answer.callers] == [other.public_id]


def test_an_extension_that_is_known_is_a_person(werft, maier, admin, reached) -> None:
    reached(maier, "0211 12345-67")
    answer = callers.find(user=admin, number="0211 1234567")
    assert [each.public_id for each in answer.callers] == [maier.public_id]
    assert answer.certainty == Certainty.ONE


def test_two_share_a_number(maier, make_person, admin, reached) -> None:
    reached(make_person("Anna", "Abel"), "0211 8765432")
    answer = callers.find(user=admin, number="0211 8765432")
    assert answer.certainty == Certainty.SEVERAL
    assert {each.name for each in answer.callers} == {"Dr. Johannes Maier", "Anna Abel"}
    assert answer.background is None


@pytest.mark.parametrize(
    ("number", "certainty"),
    [("anonymous", Certainty.SUPPRESSED), ("", Certainty.SUPPRESSED), ("030 99887766", "none"),
     ("1234", "none"), ("kein", "none"), ("8" * 300, "none"), ("²²²²²²", "none")],
)  # fmt: skip
def test_nobody(maier, admin, number, certainty) -> None:
    answer = callers.find(user=admin, number=number)
    assert answer.certainty == certainty
    assert answer.callers == []


def test_a_mobile_number_has_no_switchboard(admin, source, reached, at) -> None:
    company = companies.create(actor=admin, values={"name": "Werft AG"}, source=source, at=at)
    reached(company, "0151 234567-00", kind="MOBILE")
    assert callers.find(user=admin, number="0151 23456712").certainty == Certainty.NONE


def test_whom_the_agent_may_not_see_has_no_name(maier, make_user, other_team, make_person, reached):
    agent = make_user(RoleCode.SALES, teams=[other_team])
    answer = callers.find(user=agent, number="0211 8765432")
    assert answer.certainty == Certainty.HIDDEN
    assert (answer.callers, answer.has_hidden, answer.background) == ([], True, None)
    own = make_person("Anna", "Abel", team=other_team)
    reached(own, "0211 8765432")
    answer = callers.find(user=agent, number="0211 8765432")
    assert answer.certainty == Certainty.SEVERAL
    assert [each.name for each in answer.callers] == ["Anna Abel"]
    assert answer.has_hidden
    assert answer.background is None


def test_a_number_of_former_times_tells_nothing(maier, admin, at) -> None:
    holder = maier.contact_points.get()
    contact_points.set_status(actor=admin, holder=holder, status="RETIRED", at=at)
    assert callers.find(user=admin, number="0211 8765432").certainty == Certainty.NONE


def test_without_contacts_nothing_is_told(make_user, maier) -> None:
    nobody = make_user(RoleCode.SALES)
    nobody.roles.clear()
    with pytest.raises(errors.NotPermitted):
        callers.find(user=nobody, number="0211 8765432")


def fresh(user: Any) -> Any:
    return type(user).objects.get(pk=user.pk)


def test_the_count_of_queries_does_not_grow(
    maier, admin, make_person, reached, at, django_assert_num_queries
) -> None:
    user = fresh(admin)
    with django_assert_num_queries(QUERIES):
        callers.find(user=user, number="0211 8765432")
    for number in range(12):
        person = make_person("Anna", f"Abel{number}")
        reached(person, f"0211 876543{number:02}")
        touchpoints.record(
            actor=None, channel="PHONE", direction="IN", happened_at=at, at=at,
            persons=[(maier, "PARTNER")],
        )  # fmt: skip
    user = fresh(admin)
    with django_assert_num_queries(QUERIES):
        callers.find(user=user, number="0211 8765432")


def test_every_query_has_its_index(maier, sales, at) -> None:
    """With so many contacts of the house that looking at all of them does not pay."""
    Person.objects.update(owner=sales)
    Touchpoint.objects.bulk_create(
        Touchpoint(channel="PHONE", direction="IN", happened_at=at, recorded_at=at)
        for _number in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {Touchpoint._meta.db_table}")
    user = fresh(sales)
    assert user.access
    for number in ("0211 8765432", "8765432"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = callers.find(user=user, number=number)
        assert answer.certainty == Certainty.ONE
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            for query in asked.captured_queries:
                cursor.execute("EXPLAIN " + query["sql"])
                plan = "\n".join(row[0] for row in cursor.fetchall())
                assert "Seq Scan" not in plan, plan
                assert "touchpoint_by_time" not in plan, "every contact of the house, for three"
            cursor.execute("SET LOCAL enable_seqscan = on")
