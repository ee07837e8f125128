"""What stands between the contacts of a line."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consent import circumstances
from contacts import persons
from contacts.models import Person
from crm.accounts.models import RoleCode
from history import meanwhile, touchpoints
from history.meanwhile import Happening

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def story(make_person, admin, sales, source, team, at) -> Person:
    """A call, then an objection, a new name, then an e-mail."""
    maier = make_person("Johannes", "Maier", team=team)
    known = {"actor": None, "direction": "IN", "persons": [(maier, "PARTNER")], "at": at}
    touchpoints.record(channel="PHONE", happened_at=at + 10 * DAY, **known | {"at": at + 10 * DAY})
    circumstances.object_to_marketing(
        actor=admin, person=maier, received_at=at + 11 * DAY, at=at + 12 * DAY, via="letter"
    )
    persons.update(
        actor=sales, person=maier, version=maier.version, at=at + 13 * DAY,
        values={"given_name": "Hannes"}, source=source,
    )  # fmt: skip
    touchpoints.record(channel="EMAIL", happened_at=at + 20 * DAY, **known | {"at": at + 20 * DAY})
    maier.refresh_from_db()
    return maier


def test_changes_and_declarations_in_order(story, admin, sales, at):
    found = meanwhile.of(user=admin, owner=story, since=at + 10 * DAY, until=at + 20 * DAY)
    assert [(each.at - at, each.title, each.actor, each.is_declared) for each in found] == [
        (13 * DAY, "Stammdaten geändert", sales.full_name, False),
        (11 * DAY, "Werbewiderspruch", "", True),
    ]
    assert meanwhile.of(user=admin, owner=story, since=at + 13 * DAY, until=None) == []


def test_who_may_see_no_consents_sees_no_declarations(story, make_user, at, monkeypatch):
    reader = make_user(RoleCode.SALES)
    less = replace(reader.access, permissions=reader.access.permissions - {"consent.view"})
    monkeypatch.setattr(reader, "access", less)
    found = meanwhile.of(user=reader, owner=story, since=at + 10 * DAY, until=None)
    assert [each.is_declared for each in found] == [False]


def test_each_stands_in_one_gap(at):
    moments = [at + 3 * DAY, at + DAY]
    found = [Happening(at + n * DAY, str(n)) for n in (5, 3, 2, 1, 0)]
    gaps = meanwhile.between(found, moments)
    assert [[each.title for each in gap] for gap in gaps] == [["5"], ["3", "2"], ["1", "0"]]
    assert meanwhile.between([], []) == [[]]


def test_the_line_folds_them(story, sales, at):
    client = Client()
    client.force_login(sales)
    page = client.get(reverse("person-detail", args=[story.public_id])).content.decode()
    assert "Werbewiderspruch, Stammdaten geändert ·" in page
    assert page.index("E‑Mail von Hannes Maier") < page.index(
        "Werbewiderspruch, Stammdaten geändert"
    )
    assert page.index("Werbewiderspruch, Stammdaten geändert") < page.index(
        "Anruf von Hannes Maier"
    )
    narrow = client.get(
        reverse("person-detail", args=[story.public_id]), {"kanal": "PHONE"}
    ).content.decode()
    assert "Werbewiderspruch, Stammdaten geändert" not in narrow


def test_queries_do_not_grow(story, admin, at, django_assert_num_queries):
    admin.access  # noqa: B018 - read before, as in a request
    for number in range(20):
        circumstances.object_to_marketing(
            actor=admin, person=story, received_at=at + 14 * DAY, at=at + 15 * DAY, via="letter",
            wording=str(number),
        )  # fmt: skip
    with django_assert_num_queries(3):
        meanwhile.of(user=admin, owner=story, since=None, until=None)
