"""The audit log, as the privacy officer reads it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from playwright.sync_api import Page, expect

from contacts import contact_points, persons
from contacts.models import ContactPointKind, Person, Source
from crm.accounts import users
from crm.accounts.models import RoleCode, User
from crm.kernel import audit

PageAs = Callable[..., Page]


def happenings(admin: User, sales: User, person: Person, source: Source, at: Any) -> None:
    """One act of each kind that looks different."""
    contact_points.add(
        actor=admin,
        record=person,
        kind=ContactPointKind.PHONE,
        value="030 23125 101",
        source=source,
        at=at + timedelta(hours=1),
    )
    persons.update(
        actor=admin,
        person=person,
        values={"surname": "Mayer", "title": "Dr.", "remark": "Ruft lieber nachmittags an. " * 6},
        source=source,
        at=at + timedelta(hours=2),
    )
    users.set_roles(actor=admin, user=sales, roles=[RoleCode.SERVICE, RoleCode.TEAM_LEAD], at=at)
    with transaction.atomic():
        audit.record(
            actor=sales,
            action="persons.exported",
            at=at + timedelta(days=1),
            context={
                "rows": 4812,
                "format": "xlsx",
                "query": "city=Kiel",
                "conditions": ["Ort: Kiel", "Zuständig: niemand"],
                "chosen_by_hand": False,
                "columns": ["name", "company", "city"],
            },
        )


def test_read_narrow_down_and_take_out(
    page_as: PageAs,
    privacy: User,
    admin: User,
    sales: User,
    make_person: Callable[..., Person],
    source: Source,
    at: Any,
    shot: Any,
    assert_accessible: Any,
    assert_fits: Any,
) -> None:
    person = make_person("Johannes", "Maier")
    for number in range(60):
        make_person("Änne", f"Müller-Voß {number}")
    happenings(admin, sales, person, source, at)
    page = page_as(privacy)
    page.goto("/")
    page.get_by_role("link", name="Verwaltung").click()
    expect(page.get_by_role("heading", name="Protokoll", level=1)).to_be_visible()
    expect(page.get_by_role("row", name="Ansprechpartner ausgeleitet")).to_contain_text("4.812")
    shot(page, "protokoll", whole=False)
    assert_accessible(page)
    assert_fits(page)

    page.get_by_role("link", name="Nächste Seite").click()
    expect(page.get_by_role("row", name="Ansprechpartner ausgeleitet")).to_have_count(0)
    page.get_by_role("link", name="Vorige Seite").click()
    expect(page.get_by_role("row", name="Ansprechpartner ausgeleitet")).to_be_visible()

    page.get_by_label("Was").select_option("Konten und Rechte")
    page.get_by_label("Wer").select_option(str(admin))
    page.get_by_role("button", name="Zeigen").click()
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("row").last).to_contain_text("Vertrieb")
    page.get_by_role("link", name="Alles zeigen").click()

    page.get_by_role("link", name="Dr. Johannes Mayer").first.click()
    shot(page, "person-im-protokoll")
    page.get_by_role("link", name="Im Protokoll").click()
    expect(page.get_by_text("Ansprechpartner: Dr. Johannes Mayer")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(4)
    shot(page, "protokoll-eintrag")
    assert_accessible(page)
    assert_fits(page)

    with page.expect_download() as download:
        page.get_by_role("button", name="Ausleiten").click()
    assert download.value.suggested_filename.startswith("protokoll-")
    page.get_by_role("link", name="Ohne die Bedingung").click()
    expect(page.get_by_role("row", name="Protokoll ausgeleitet")).to_have_count(1)
