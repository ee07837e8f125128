"""The pages of appointments without a browser: refusals, and what a link may do."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts import companies
from contacts.models import Company, Person
from crm.accounts.models import RoleCode
from crm.kernel import clock
from history.appointments import booking, changing, kinds, links, weeks
from history.models import Appointment, WorkingTime
from tests.history.days import day


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, at: Any) -> None:
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(clock, "today", lambda: at.date())


@pytest.fixture
def kind(admin: Any, at: Any) -> Any:
    values = {"name": "Wartung", "length_minutes": 60, "place": "VISIT", "position": 0}
    return kinds.create(actor=admin, values=values, at=at)


@pytest.fixture
def agreed(admin: Any, kind: Any, make_person: Any, at: Any) -> Appointment:
    return booking.book(
        actor=admin, person=make_person("Mirjam", "Schultze"), kind=kind, employee=admin,
        starts_at=day(3, 19, 9), at=at,
    )  # fmt: skip


@pytest.fixture
def desk(client: Client, admin: Any) -> Client:
    client.force_login(admin)
    return client


def filled(kind: Any, admin: Any, **values: str) -> dict[str, str]:
    given = {
        "name": "Ute Wenzel",
        "number": "030 23125 199",
        "kind": str(kind.public_id),
        "starts_at": f"2026-03-20T10:00:00+01:00|{admin.public_id}",
        "channel": "NONE",
    }
    return given | values


def test_the_whole_form_in_one_go(desk: Client, kind: Any, admin: Any) -> None:
    answer = desk.post(reverse("appointment-call"), filled(kind, admin, company="Havelberg GmbH"))
    made = Appointment.objects.get()
    assert answer.headers["Location"] == reverse("appointment", args=[made.public_id])
    assert made.person.full_name == "Ute Wenzel"
    assert made.person.employments.get().company.full_name == "Havelberg GmbH"
    assert made.person.contact_points.get().contact_point.normalised == "+493023125199"


def test_a_known_company_is_not_made_twice(
    desk: Client, kind: Any, admin: Any, source: Any, at: Any
) -> None:
    known = companies.create(
        actor=admin, values={"name": "Havelberg Anlagenbau GmbH"}, source=source, at=at
    )
    fields = filled(kind, admin, company="Havelberg Anlagenbau GmbH")
    desk.post(reverse("appointment-call"), fields)
    assert Appointment.objects.get().person.employments.get().company == known
    assert Company.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"starts_at": ""}, "Bitte wählen Sie eine freie Zeit."),
        ({"starts_at": "morgen|x"}, "Bitte wählen Sie eine freie Zeit."),
        ({"name": ""}, "Bitte geben Sie einen Namen an."),
        ({"is_too_young": "on"}, "sorgeberechtigten Person"),
        ({"channel": "EMAIL"}, "Für die Bestätigung fehlt die E‑Mail-Adresse."),
        ({"channel": "EMAIL", "email": "ute@"}, "E‑Mail"),
        ({"channel": "SMS", "number": "030 23125 199"}, "Das ist keine Mobilnummer"),
        ({"channel": "LETTER"}, "Für den Brief fehlt die Anschrift."),
        ({"number": "keine"}, "Rufnummer"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_writes_nothing(
    desk: Client, kind: Any, admin: Any, change: dict[str, str], sentence: str
) -> None:
    fields = filled(kind, admin, note="Tor B") | change
    answer = desk.post(reverse("appointment-call"), fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Tor B" in answer.text
    assert not Appointment.objects.exists()
    assert not Person.objects.exists()


def test_a_slot_that_is_gone_is_told_with_the_next_ones(
    desk: Client, kind: Any, admin: Any, agreed: Appointment
) -> None:
    gone = f"2026-03-19T10:00:00+01:00|{admin.public_id}"
    answer = desk.post(reverse("appointment-call"), filled(kind, admin, starts_at=gone))
    assert answer.status_code == 422
    assert "inzwischen vergeben" in answer.text
    assert "Do, 19.03.2026, 11:00" in answer.text
    assert Person.objects.count() == Appointment.objects.count() == 1


def test_who_looks_alike_must_be_decided(
    desk: Client, kind: Any, admin: Any, agreed: Appointment
) -> None:
    fields = filled(kind, admin, name="Mirjam Schultze")
    answer = desk.post(reverse("appointment-call"), fields)
    assert answer.status_code == 422
    assert "Bitte sagen Sie, wer anruft" in answer.text
    assert Person.objects.count() == 1
    fields["person"] = str(agreed.person.public_id)
    assert desk.post(reverse("appointment-call"), fields).status_code == 303
    assert Person.objects.count() == 1
    assert Appointment.objects.filter(person=agreed.person).count() == 2


def test_a_look_at_the_link_changes_nothing(client: Client, agreed: Appointment) -> None:
    url = reverse("appointment-public", args=[links.sign(agreed)])
    for answer in (client.get(url), client.head(url), client.get(f"{url}?absagen=1")):
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
    assert client.put(url).status_code == 405
    agreed.refresh_from_db()
    assert (agreed.state, agreed.sequence) == ("BOOKED", 0)


def test_the_link_moves_to_what_is_free_only(client: Client, agreed: Appointment) -> None:
    url = reverse("appointment-public", args=[links.sign(agreed)])
    for wrong in ("", "morgen", "2026-03-22T10:00:00+01:00", "2026-03-16T10:00:00+01:00",
                  "9999-12-31T10:00:00+01:00", "2026-03-20T10:00:00"):  # fmt: skip
        answer = client.post(url, {"zeit": wrong})
        assert answer.status_code == 422, wrong
        assert 'role="alert"' in answer.text
    agreed.refresh_from_db()
    assert agreed.sequence == 0
    assert client.post(url, {"zeit": "2026-03-20T10:00:00+01:00"}).status_code == 200
    agreed.refresh_from_db()
    assert (agreed.starts_at, agreed.sequence) == (day(3, 20, 9), 1)


def test_what_has_begun_is_only_told(
    client: Client, agreed: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: day(3, 19, 9))
    url = reverse("appointment-public", args=[links.sign(agreed)])
    assert "hat schon begonnen" in client.get(url).text
    assert client.post(url, {"absagen": "1"}).status_code == 422
    assert Appointment.objects.get().is_booked


@pytest.mark.parametrize("language", ["en", "einfach"])
def test_the_public_page_speaks(client: Client, agreed: Appointment, language: str) -> None:
    url = reverse("appointment-public", args=[links.sign(agreed)])
    text = client.get(f"{url}?sprache={language}").text
    assert {"en": "Cancel the appointment", "einfach": "Ich sage ab"}[language] in text


def test_times_of_a_week_as_they_are_typed(desk: Client, admin: Any) -> None:
    fields = {"day0": "9-12:30, 13:30–17", "day4": "8:00 bis 12:00", "federal_state": "BE"}
    assert desk.post(reverse("working-week"), fields).status_code == 303
    assert [str(each) for each in WorkingTime.objects.all()] == [
        "0 09:00–12:30",
        "0 13:30–17:00",
        "4 08:00–12:00",
    ]
    assert not weeks.week_of(admin).is_bookable


@pytest.mark.parametrize(
    "wrong", ["immer", "9", "25:00–26:00", "9:75–10:00", "12–9", "9–12, 11–13"]
)
def test_times_that_are_none(desk: Client, wrong: str) -> None:
    answer = desk.post(reverse("working-week"), {"day0": wrong})
    assert answer.status_code == 422
    assert not WorkingTime.objects.exists()


def test_who_keeps_the_appointment_sees_with_whom(
    client: Client, agreed: Appointment, make_user: Any, kind: Any, at: Any
) -> None:
    colleague = make_user(RoleCode.SALES)
    client.force_login(colleague)
    url = reverse("appointment", args=[agreed.public_id])
    assert client.get(url).status_code == 404
    Appointment.objects.update(employee=colleague)
    answer = client.get(url)
    assert "Mirjam Schultze" in answer.text
    assert reverse("person-detail", args=[agreed.person.public_id]) not in answer.text


def test_more_employees_and_appointments_cost_no_more_queries(
    desk: Client, kind: Any, agreed: Appointment, make_user: Any, at: Any
) -> None:
    url = f"{reverse('appointment-call')}?person={agreed.person.public_id}&art={kind.public_id}"
    own = {"user": agreed.employee, "hours": weeks.USUAL}
    weeks.set_week(actor=agreed.employee, at=at, **own)
    desk.get(url)  # the session is known

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk.get(url).status_code == 200
        return len(found)

    before = queries()
    for number in range(4):
        colleague = make_user(RoleCode.SERVICE)
        weeks.set_week(actor=colleague, user=colleague, hours=weeks.USUAL, at=at)
        booking.book(
            actor=agreed.booked_by, person=agreed.person, kind=kind, employee=colleague,
            starts_at=day(3, 18, 9 + number), at=at,
        )  # fmt: skip
    assert queries() == before


def test_the_entry_in_the_calendar_leads_to_the_appointment(
    desk: Client, agreed: Appointment, admin: Any, at: Any
) -> None:
    assert agreed.activity is not None
    edit = reverse("activity-edit", args=[agreed.activity.public_id])
    page = reverse("appointment", args=[agreed.public_id])
    assert desk.get(edit).headers["Location"] == page
    assert desk.get(edit, headers={"HX-Request": "true"}).headers["HX-Redirect"] == page
    changing.cancel(actor=admin, appointment=agreed, at=at)
    assert desk.get(edit).status_code == 200
