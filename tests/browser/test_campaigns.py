"""A campaign by keyboard: choose, see why not, take out those who may be contacted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from consent import circumstances, controllers, recording, references, suppression
from consent.models import CampaignExport, EventKind
from contacts import contact_points
from contacts.models import ContactPoint, Person, Source
from crm.accounts.models import Team, User
from crm.kernel import clock

PageAs = Callable[..., Page]
NAMES = ("Anna", "Berta", "Clara", "Dora", "Emil", "Fritz", "Gerda", "Hanna", "Ilse", "Jonas")


@pytest.fixture
def stock(
    db: None, make_person: Callable[..., Person], admin: User, source: Source, team: Team,
) -> datetime:  # fmt: skip
    """Three who may be reached by newsletter, one of them as a customer; seven who may not."""
    at = clock.now() - timedelta(days=1)
    persons = {name: make_person(name, "Thoms", team=team) for name in NAMES}
    points: dict[str, ContactPoint] = {}
    for name, person in persons.items():
        if name != "Dora":
            points[name] = contact_points.add(
                actor=admin, record=person, kind="EMAIL", value=f"{name}@x.example",
                source=source, at=at,
            ).contact_point  # fmt: skip
    known: dict[str, Any] = {"actor": None, "at": at}
    for name, grade in (("Anna", "A"), ("Hanna", "B"), ("Ilse", "D")):
        recording.append(
            recording.Draft(
                kind=EventKind.GRANTED, effective_at=at, channels=["email"],
                person=references.subject_of(persons[name]),
                point=references.point_of(points[name]), purposes=["newsletter"],
                controller=controllers.default().public_id,
                details={"method": "paper", "proof": "full", "grade": grade},
            ),
            **known,
        )  # fmt: skip
    sold = {"is_from_sale": True, "is_own_similar": True, "has_notice": True, "sold_at": at}
    circumstances.note_sale(person=persons["Jonas"], point=points["Jonas"], **sold, **known)
    circumstances.note_sale(
        person=persons["Fritz"], point=points["Fritz"], sale="free_account", **sold, **known
    )
    circumstances.object_to_marketing(
        person=persons["Berta"], received_at=at, via="letter", **known
    )
    circumstances.restrict(person=persons["Emil"], ground="a", starts_at=at, **known)
    suppression.suppress(point=points["Gerda"], effective_at=at, **known)
    return at


def test_who_may_be_reached_and_why_others_may_not(
    page_as: PageAs, team_lead: User, stock: datetime, shot: Any, assert_accessible: Any,
    assert_fits: Any,
) -> None:  # fmt: skip
    page = page_as(team_lead)
    page.goto("/kampagnen/")
    expect(page.get_by_text("Noch keine Kampagne")).to_be_visible()
    page.get_by_role("link", name="Kampagne anlegen").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Name", exact=True).fill("Frühjahr")
    shot(page, "kampagne-neu", whole=False)
    assert_accessible(page)
    page.get_by_role("button", name="Prüfen").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("von 9 Ansprechpartnern dürfen Sie erreichen")).to_be_visible()
    reasons = page.get_by_role("region", name="Gründe").get_by_role("listitem")
    expect(reasons).to_have_count(8)
    expect(reasons.filter(has_text="Gerda Thoms")).to_contain_text("nicht erlaubt")
    expect(reasons.filter(has_text="Jonas Thoms")).to_contain_text("mit Auflagen")
    expect(reasons.filter(has_text="Fritz Thoms")).to_contain_text("zu prüfen")
    shot(page, "kampagne")
    assert_accessible(page)
    assert_fits(page)

    with page.expect_download() as download:
        page.get_by_role("button", name="Erlaubte ausleiten").focus()
        page.keyboard.press("Enter")
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 4
    assert CampaignExport.objects.get().rows == 3
    page.reload()
    expect(page.get_by_role("region", name="Ausgeleitet")).to_be_visible()
    page.goto("/kampagnen/")
    expect(page.get_by_role("row", name="Frühjahr")).to_contain_text("3")
    shot(page, "kampagnen", whole=False)
    assert_accessible(page)
    assert_fits(page)
