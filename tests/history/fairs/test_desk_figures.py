"""The list in its order, and figures that are exact on a small stock."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from consent import starters, texts
from consent.models import ConsentText
from contacts.tables import Format
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.activities import progress
from history.fairs import dropping, exporting, figures, listing, taking_over
from history.fairs.narrowing import Narrowing
from history.models import Event, LeadCapture, LeadOptIn
from tests import fair_cast

HOUR = timedelta(hours=1)


@pytest.fixture
def colleague(make_user: Callable[..., User], team: Any) -> User:
    return make_user("SALES", teams=[team])


@pytest.fixture
def event(team_lead: User, sales: User, colleague: User, at: datetime) -> Event:
    return fair_cast.fair(by=team_lead, team=[sales, colleague], at=at)


@pytest.fixture
def text(at: datetime) -> ConsentText:
    controller = fair_cast.controllers.default()
    starters.create(actor=None, controller=controller, at=at)
    return texts.publish(
        actor=None, text=ConsentText.objects.get(code="newsletter", language="de"), at=at
    )


@pytest.fixture
def leads(event: Event, sales: User, colleague: User, at: datetime) -> dict[str, LeadCapture]:
    """Six slips as they stand at ``at``, two days after the first."""

    def make(name: str, ago: int, by: User = sales, **values: Any) -> LeadCapture:
        given = {"need": "", "note": "", "answers": {}, "email": "", **values}
        return fair_cast.slip(event, by=by, at=at - ago * HOUR, name=name, **given)

    made = {
        "late_b": make("Ada Berg", 49, grade="B"),
        "late_a": make("Bea Adam", 48, grade="A", answers={"volume": ["50-150"]}),
        "fresh_a": make("Cem Ak", 2, grade="A", by=colleague),
        "fresh_c": make("Dora Cox", 2, grade="C"),
        "done": make("Eva Dorn", 30, grade="A"),
        "gone": make("Finn Ende", 30, grade="C"),
    }
    made["none"] = fair_cast.slip(
        event, by=colleague, at=at - HOUR, name="", grade="", company_name="Foto GmbH"
    )
    progress.complete(actor=sales, activity=made["done"].activity, at=at - 20 * HOUR)
    taking_over.take_over(
        actor=sales, lead=made["done"], values={"volume": Decimal(1000)}, at=at - 20 * HOUR
    )
    dropping.drop(actor=sales, lead=made["gone"], reason="Student", at=at - HOUR)
    return made


def names(event: Event, at: datetime, **narrowing: Any) -> list[str]:
    page = listing.read(event=event, narrowing=Narrowing(**narrowing), at=at)
    return [lead.name or "?" for lead in page.leads]


def test_whoever_waits_too_long_stands_first(
    event: Event, leads: dict[str, LeadCapture], at: datetime
) -> None:
    assert names(event, at) == [
        "Bea Adam", "Ada Berg", "Cem Ak", "Dora Cox", "?", "Eva Dorn", "Finn Ende",
    ]  # fmt: skip
    first, *_rest = listing.read(event=event, narrowing=Narrowing(), at=at).leads
    assert (first.is_overdue, first.promised_at) == (True, at - 24 * HOUR)


@pytest.mark.parametrize(
    ("narrowing", "found"),
    [
        ({"grade": "A"}, ["Bea Adam", "Cem Ak", "Eva Dorn"]),
        ({"grade": "keine"}, ["?"]),
        ({"state": "faellig"}, ["Bea Adam", "Ada Berg"]),
        ({"state": "offen"}, ["Bea Adam", "Ada Berg", "Cem Ak", "Dora Cox", "?"]),
        ({"state": "uebernommen"}, ["Eva Dorn"]),
        ({"state": "ohne"}, ["Finn Ende"]),
        ({"state": "unvollstaendig"}, ["?"]),
        ({"text": "foto"}, ["?"]),
        ({"opt_in": "ja"}, ["Cem Ak"]),
        ({"opt_in": "nein", "state": "faellig"}, ["Bea Adam", "Ada Berg"]),
    ],
)
def test_the_list_is_narrowed(
    event: Event, leads: dict[str, LeadCapture], text: ConsentText, at: datetime,
    narrowing: dict[str, Any], found: list[str],
) -> None:  # fmt: skip
    LeadOptIn.objects.create(lead=leads["fresh_a"], text=text, channel="email", answer="YES")
    LeadOptIn.objects.create(lead=leads["late_a"], text=text, channel="email", answer="NO")
    assert names(event, at, **narrowing) == found


def test_who_captured_it(
    event: Event, leads: dict[str, LeadCapture], colleague: User, at: datetime
) -> None:
    assert names(event, at, rep=colleague.pk) == ["Cem Ak", "?"]


def test_nonsense_narrows_nothing() -> None:
    query = {"note": "Z", "zustand": "x", "wer": "1e9", "opt-in": "?", "q": "\0"}
    assert Narrowing.read(query) == Narrowing()
    full = Narrowing(grade="A", state="offen", rep=3, opt_in="ja", text="x y")
    assert full.encode() == "note=A&zustand=offen&wer=3&opt-in=ja&q=x+y"


def test_pages_go_on_where_they_stopped_and_back(
    event: Event, leads: dict[str, LeadCapture], at: datetime
) -> None:
    every = names(event, at)
    options: dict[str, Any] = {"event": event, "narrowing": Narrowing(), "at": at, "size": 3}
    first = listing.read(**options)
    second = listing.read(**options, after=first.next)
    third = listing.read(**options, after=second.next)
    found = [lead.name or "?" for page in (first, second, third) for lead in page.leads]
    assert (found, third.next, first.previous, first.total) == (every, "", "", 7)
    back = listing.read(**options, before=third.previous)
    assert back.leads == second.leads
    assert listing.read(**options, after="1_x_3").leads == first.leads


def test_the_next_open_one_follows(
    event: Event, leads: dict[str, LeadCapture], at: datetime
) -> None:
    def after(name: str) -> LeadCapture | None:
        return listing.next_open(lead=leads[name], at=at)

    assert after("late_a") == leads["late_b"]
    assert after("fresh_c") == leads["none"]
    assert after("none") == leads["late_a"]
    assert after("gone") == leads["late_a"]
    LeadCapture.objects.exclude(pk=leads["none"].pk).filter(finished_at=None).delete()
    assert after("none") is None


def test_an_agreed_step_is_the_promise(event: Event, sales: User, at: datetime) -> None:
    lead = fair_cast.slip(event, by=sales, at=at, next_step_on=at.date() + timedelta(days=3))
    page = listing.read(event=event, narrowing=Narrowing(), at=at)
    assert page.leads == [lead]
    assert page.leads[0].promised_at.isoformat() == "2026-03-20T23:00:00+00:00"  # midnight here


def test_the_figures_are_exact(
    event: Event, leads: dict[str, LeadCapture], text: ConsentText, sales: User, colleague: User,
    at: datetime,
) -> None:  # fmt: skip
    for name, channel, answer in (
        ("late_a", "email", "YES"), ("late_a", "phone", "NO"), ("fresh_a", "email", "NO"),
        ("done", "email", "YES"), ("gone", "phone", "NOT_ASKED"),
    ):  # fmt: skip
        LeadOptIn.objects.create(lead=leads[name], text=text, channel=channel, answer=answer)
    found = figures.of(event, at=at)
    assert (found.leads, found.open, found.taken_over, found.dropped) == (7, 5, 1, 1)
    assert (found.nameless, found.overdue) == (1, 2)
    assert found.opt_in_rate == 2 / 7
    assert found.grades == [("A", 3), ("B", 1), ("C", 2), ("", 1)]
    assert found.reps == [(sales, 5), (colleague, 2)]
    hours = [(moment.strftime("%d. %H"), n) for moment, n in found.hours]
    assert hours == [("15. 09", 1), ("15. 10", 1), ("16. 04", 2), ("17. 08", 2), ("17. 09", 1)]
    assert found.promises == figures.Promises(kept=1, broken=2, ahead=3)
    assert found.promises.rate == 1 / 3
    said = [(each.channel, each.yes, each.no, each.not_asked) for each in found.opt_ins]
    assert said == [("phone", 0, 1, 6), ("email", 2, 1, 4)]
    assert (found.opportunities, found.won, found.volume) == (1, 0, Decimal(1000))
    overview = figures.overview(user=sales, at=at)
    assert [(each.event, each.leads, each.overdue) for each in overview] == [(event, 7, 2)]


def test_an_event_without_leads_has_no_rates(event: Event, at: datetime) -> None:
    found = figures.of(event, at=at)
    assert (found.leads, found.opt_in_rate, found.promises.rate) == (0, None, None)
    assert (found.hours, found.opt_ins, found.volume) == ([], [], Decimal(0))


def test_who_is_not_on_the_team_has_no_overview(
    make_user: Callable[..., User], event: Event, at: datetime
) -> None:
    assert figures.overview(user=make_user("SALES"), at=at) == []


def test_the_list_as_a_file_is_noted(
    event: Event, leads: dict[str, LeadCapture], team_lead: User, sales: User, service: User,
    make_user: Callable[..., User], at: datetime,
) -> None:  # fmt: skip
    file = BytesIO()
    options: dict[str, Any] = {"event": event, "format": Format.CSV, "to": file, "at": at}
    count = exporting.export(actor=team_lead, narrowing=Narrowing(grade="A"), **options)
    lines = file.getvalue().decode("utf-8-sig").splitlines()
    assert (count, len(lines)) == (3, 4)
    assert "Bea Adam" in lines[1]
    assert "Volumen: 50–150" in lines[1]
    entry = AuditEntry.objects.get(action="leads.exported")
    assert entry.context == {"rows": 3, "format": "csv", "query": "note=A"}
    with pytest.raises(errors.NotPermitted):
        exporting.export(actor=service, narrowing=Narrowing(), **options)
