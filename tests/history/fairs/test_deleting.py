"""On the day of the event, leads that came to nothing go, and with them whom nothing else keeps."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent import starters, texts
from consent.capturing import Declared, record
from consent.models import ConsentText
from consent.optin.requests import Wish
from contacts import contact_points
from contacts.models import Person, Source
from crm.accounts.models import User
from crm.kernel.models import AuditEntry
from history.fairs import deleting, dropping, joining, taking_over
from history.models import Activity, Event, LeadCapture, LeadFile, StoredFile, Touchpoint
from history.opportunities import deals
from tests import fair_cast

DAY = date(2026, 6, 30)
BEFORE = datetime(2026, 6, 29, 21, 59, tzinfo=UTC)  # 23:59 in Berlin
ON = datetime(2026, 6, 29, 22, 0, tzinfo=UTC)  # midnight there


@pytest.fixture
def event(team_lead: User, sales: User, at: datetime) -> Event:
    return fair_cast.fair(by=team_lead, team=[sales], at=at, delete_on=DAY)


@pytest.fixture
def make(event: Event, sales: User, at: datetime) -> Callable[..., LeadCapture]:
    def make(name: str = "Jens Kowalski", **values: Any) -> LeadCapture:
        return fair_cast.slip(event, by=sales, at=at, name=name, **values)

    return make


def gone(at: datetime = ON) -> tuple[int, int, int]:
    done = deleting.run(at=at)
    return (done[0].leads, done[0].persons, done[0].kept) if done else (0, 0, 0)


def test_the_day_before_nothing_goes(make: Callable[..., LeadCapture]) -> None:
    make()
    assert deleting.run(at=BEFORE) == []
    assert LeadCapture.objects.count() == 1


def test_on_the_day_slip_and_visitor_go(make: Callable[..., LeadCapture], event: Event) -> None:
    lead = make()
    number = lead.person.pk
    assert gone() == (1, 1, 0)
    assert not LeadCapture.objects.exists()
    assert not Person.with_aliases.filter(pk=number).exists()
    assert not Touchpoint.objects.exists()
    assert not Activity.objects.exists()
    entry = AuditEntry.objects.get(action="event.leads-deleted")
    assert entry.context == {"leads": 1, "persons": 1, "kept": 0}
    assert (entry.object_label, entry.actor_id) == (str(event), None)
    assert gone() == (0, 0, 0)


def test_a_dry_run_says_the_same_and_keeps_all(make: Callable[..., LeadCapture]) -> None:
    make()
    make("", email="")
    done = deleting.run(at=ON, dry_run=True)
    assert [(each.leads, each.persons, each.kept) for each in done] == [(2, 1, 0)]
    assert LeadCapture.objects.count() == 2
    assert not AuditEntry.objects.filter(action="event.leads-deleted").exists()
    assert gone() == (2, 1, 0)


def test_what_was_taken_over_stays(
    make: Callable[..., LeadCapture], sales: User, at: datetime
) -> None:
    lead = make()
    taking_over.take_over(actor=sales, lead=lead, values={}, at=at)
    assert gone() == (0, 0, 0)
    assert LeadCapture.objects.get() == lead


def test_what_was_dropped_goes_and_leaves_no_words(
    make: Callable[..., LeadCapture], sales: User, at: datetime
) -> None:
    lead = make()
    dropping.drop(actor=sales, lead=lead, reason="Herr Kowalski lernt noch", at=at)
    assert gone() == (1, 1, 0)
    entry = AuditEntry.objects.get(action="lead.dropped")
    assert (entry.changes, entry.object_label) == ({}, "")


def test_who_was_known_before_stays_without_the_slip(
    make: Callable[..., LeadCapture], make_person: Callable[..., Person], sales: User, team: Any,
    at: datetime,
) -> None:  # fmt: skip
    known = make_person("Jens", "Kowalsky", team=team)
    joining.join(actor=sales, lead=make(), person=known, at=at)
    assert gone() == (1, 0, 1)
    assert Person.objects.get() == known
    assert Touchpoint.objects.count() == 1
    assert not LeadCapture.objects.exists()


def test_a_number_from_elsewhere_keeps_the_visitor(
    make: Callable[..., LeadCapture], admin: User, source: Source, at: datetime
) -> None:
    lead = make()
    contact_points.add(
        actor=admin, record=lead.person, kind="PHONE", value="030 23125 101", source=source, at=at
    )
    assert gone() == (1, 0, 1)


def test_something_else_between_us_keeps_the_visitor(
    make: Callable[..., LeadCapture], sales: User, at: datetime
) -> None:
    lead = make()
    deals.create(actor=sales, values={"title": "Halle 4", "person": lead.person}, at=at)
    assert gone() == (1, 0, 1)


def test_a_consent_in_force_keeps_the_visitor(
    make: Callable[..., LeadCapture], sales: User, at: datetime
) -> None:
    controller = fair_cast.controllers.default()
    starters.create(actor=None, controller=controller, at=at)
    text = texts.publish(
        actor=None, text=ConsentText.objects.get(code="newsletter", language="de"), at=at
    )
    lead = make()
    point = lead.person.contact_points.get().contact_point
    record(
        actor=sales,
        person=lead.person,
        declared=Declared(
            text=text, method="fair", wishes=[Wish(point=point, channels=["email"])],
            declared_at=at, note="am Stand gesagt",
        ),
        at=at,
    )  # fmt: skip
    assert gone() == (1, 0, 1)


def test_a_second_event_keeps_its_visitor(
    make: Callable[..., LeadCapture], team_lead: User, sales: User, at: datetime
) -> None:
    lead = make()
    other = fair_cast.fair(
        by=team_lead, team=[sales], at=at, name="Andere", delete_on=DAY + timedelta(days=30)
    )
    LeadCapture.objects.create(
        client_id="019d0000-0000-7000-8000-000000000001", event=other, captured_by=sales,
        captured_at=at, device_at=at, received_at=at, person=lead.person,
    )  # fmt: skip
    assert gone() == (1, 0, 1)
    assert LeadCapture.objects.get().event == other


def test_files_that_nobody_else_needs_go(
    make: Callable[..., LeadCapture], at: datetime, settings: Any, tmp_path: Any
) -> None:
    lead = make("", email="")
    stored = StoredFile.objects.create(
        sha256="0" * 64, media_type="image/jpeg", size=3, file="attachments/a", created_at=at
    )
    LeadFile.objects.create(
        lead=lead, kind="CARD", name="karte.jpg", sha256="0" * 64, size=3, stored=stored
    )
    assert gone() == (1, 0, 0)
    assert not StoredFile.objects.exists()


def test_the_command_tells_what_it_would_do(
    make: Callable[..., LeadCapture], monkeypatch: pytest.MonkeyPatch
) -> None:
    make()
    monkeypatch.setattr("crm.kernel.clock.now", lambda: ON)
    told = StringIO()
    call_command("delete_event_leads", "--dry-run", stdout=told)
    assert told.getvalue() == (
        f"{fair_cast.NAME}: 1 Leads und 1 Personen würden gelöscht, 0 Personen bleiben.\n"
    )
    call_command("delete_event_leads", stdout=StringIO())
    assert not LeadCapture.objects.exists()
    told = StringIO()
    call_command("delete_event_leads", stdout=told)
    assert told.getvalue() == "Nichts zu löschen.\n"


def test_who_is_kept_is_asked_of_all_at_once(
    make: Callable[..., LeadCapture], event: Event, source: Source, sales: User, at: datetime
) -> None:
    names = ("Ada Berg", "Bruno Falk", "Clara Wald", "David Stein", "Elif Linden")
    leads = [make(name, email=f"gast@{name.split()[1].lower()}.example") for name in names]
    Person.objects.update(source=source)
    rows = [lead for lead in deleting.leads_of(event) if lead.person is not None]
    with CaptureQueriesContext(connection) as one:
        assert deleting.going_persons(event, rows[:1], at=at) == []
    with CaptureQueriesContext(connection) as all_of_them:
        assert deleting.going_persons(event, rows, at=at) == []
    assert (len(rows), len(all_of_them)) == (len(leads), len(one))
