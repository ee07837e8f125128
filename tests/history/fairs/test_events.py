"""Setting a fair up: what it begins with, what is refused, how it closes and opens again."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from consent import starters, texts
from consent.models import ConsentText
from contacts.models import Source
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.fairs import access, events
from history.fairs.forms import Form
from history.models import Event
from tests import fair_cast


@pytest.fixture
def event(team_lead: User, sales: User, at: datetime) -> Event:
    return fair_cast.fair(by=team_lead, team=[sales], at=at)


@pytest.fixture
def text(controller: Any, at: datetime) -> ConsentText:
    starters.create(actor=None, controller=controller, at=at)
    return texts.publish(
        actor=None, text=ConsentText.objects.get(code="newsletter", language="de"), at=at
    )


@pytest.fixture
def controller(db: None) -> Any:
    return fair_cast.controllers.default()


def acts() -> list[str]:
    rows = AuditEntry.objects.filter(object_type="history.event").order_by("pk")
    return list(rows.values_list("action", flat=True))


def test_a_new_one_has_a_source_and_the_usual_questions(event: Event, sales: User) -> None:
    assert (event.source.kind, event.source.name) == ("FAIR", fair_cast.NAME)
    asked = [question.code for question in Form.read(event.form).questions]
    assert asked == ["volume", "horizon", "authority", "need", "competitor"]
    assert event.follow_up["A"] == {"hours": 24, "act": "CALL"}
    assert list(event.team.all()) == [sales]
    assert acts() == ["event.created"]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"name": " "}, "name", "einen Namen"),
        ({"name": "x" * 201}, "name", "Höchstens 200"),
        ({"starts_on": None}, "starts_on", "ersten Tag"),
        ({"ends_on": date(2026, 3, 1)}, "ends_on", "vor dem Beginn"),
        ({"delete_on": date(2026, 3, 18)}, "delete_on", "nach ihrem Ende"),
        ({"controller": None}, "controller", "verantwortlich"),
        ({"target_leads": 0}, "target_leads", "ab 1"),
        ({"colour": "red"}, "colour", "gibt es nicht"),
        ({"follow_up": {"D": {"hours": 1, "act": "CALL"}}}, "follow_up", "Priorität D"),
        ({"follow_up": {"A": {"hours": 0, "act": "CALL"}}}, "follow_up", "zwischen 1 und"),
        ({"follow_up": {"A": {"hours": 1, "act": "FAX"}}}, "follow_up", "Anruf, E-Mail oder"),
        ({"follow_up": {"A": {"hours": 1}}}, "follow_up", "fehlen Angaben: act"),
        ({"form": "none"}, "form", "eine Liste"),
        ({"form": [{"code": "a", "label": "A"}]}, "form", "fehlen Angaben: asks, chips"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(
    team_lead: User, at: datetime, values: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        fair_cast.fair(by=team_lead, team=[], at=at, **values)
    assert said in refusal.value.errors[field][0]
    assert not Event.objects.exists()
    assert not Source.objects.filter(kind="FAIR").exists()
    assert acts() == []


CHIP = {"code": "x", "label": "Ja"}
ASKS = {"code": "q", "label": "Budget", "asks": "VOLUME"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({**ASKS, "chips": []}, "braucht 1 bis 12 Antworten"),
        ({**ASKS, "chips": [CHIP, CHIP]}, "dasselbe Kürzel"),
        ({**ASKS, "chips": [{**CHIP, "label": ""}]}, "einen Namen"),
        ({**ASKS, "chips": [{**CHIP, "points": 2}]}, "0, ½ oder 1"),
        ({**ASKS, "chips": [{**CHIP, "value": "viel"}]}, "ganzen EUR"),
        ({**ASKS, "asks": "HORIZON", "chips": [{**CHIP, "value": 0}]}, "1 bis 120 Monate"),
        ({**ASKS, "asks": "AUTHORITY", "chips": [{**CHIP, "value": "BOSS"}]}, "Buying-Center"),
        ({**ASKS, "asks": "OTHER", "chips": [{**CHIP, "value": 3}]}, "keinen Wert"),
        ({**ASKS, "asks": "STARS", "chips": [CHIP]}, "nach etwas"),
        ({**ASKS, "label": "", "chips": [CHIP]}, "einen Namen"),
        ({**ASKS, "chips": [{**CHIP, "colour": 1}]}, "gibt es nicht: colour"),
    ],
)
def test_questions_are_checked(
    team_lead: User, event: Event, at: datetime, question: dict[str, Any], said: str
) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        events.change(actor=team_lead, event=event, values={"form": [question]}, at=at)
    assert said in refusal.value.errors["form"][0]
    assert Event.objects.get().version == 1


def test_only_published_texts_of_the_controller_are_offered(
    team_lead: User, event: Event, text: ConsentText, at: datetime
) -> None:
    draft = ConsentText.objects.filter(status="DRAFT").first()
    with pytest.raises(errors.Invalid, match="nicht veröffentlicht"):
        events.change(actor=team_lead, event=event, values={"texts": [draft]}, at=at)
    changed = events.change(actor=team_lead, event=event, values={"texts": [text]}, at=at)
    assert list(changed.texts.all()) == [text]
    texts.retire(actor=None, text=text, at=at)
    text.refresh_from_db()
    kept = events.change(actor=team_lead, event=event, values={"place": "Halle 4"}, at=at)
    assert list(kept.texts.all()) == [text]


def test_changing_notices_who_was_faster(team_lead: User, event: Event, at: datetime) -> None:
    changed = events.change(
        actor=team_lead, event=event, values={"name": "Raumlicht", "stand": "5"}, version=1, at=at
    )
    assert (changed.version, changed.source.name) == (2, "Raumlicht")
    with pytest.raises(errors.Conflict):
        events.change(actor=team_lead, event=event, values={"stand": "6"}, version=1, at=at)
    same = events.change(actor=team_lead, event=event, values={"stand": "5"}, at=at)
    assert (same.version, same.stand) == (2, "5")
    assert acts() == ["event.created", "event.changed"]


def test_a_name_that_is_taken_is_told(team_lead: User, event: Event, at: datetime) -> None:
    with pytest.raises(errors.Invalid, match="gibt es schon"):
        fair_cast.fair(by=team_lead, team=[], at=at, name=fair_cast.NAME.upper())
    assert Event.objects.count() == 1


def test_who_may_not_record_cannot_be_on_the_team(
    team_lead: User, privacy: User, at: datetime
) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        fair_cast.fair(by=team_lead, team=[privacy], at=at)
    assert "darf keine Kontakte erfassen" in refusal.value.errors["team"][0]


def test_closing_and_opening_happen_once(team_lead: User, event: Event, at: datetime) -> None:
    closed = events.close(actor=team_lead, event=event, at=at)
    again = events.close(actor=team_lead, event=event, at=at + timedelta(hours=1))
    assert (closed.closed_at, again.closed_at) == (at, at)
    opened = events.reopen(actor=team_lead, event=event, at=at)
    assert opened.closed_at is None
    events.reopen(actor=team_lead, event=event, at=at)
    assert acts() == ["event.created", "event.closed", "event.reopened"]


def test_a_rep_sets_nothing_up(sales: User, event: Event, at: datetime) -> None:
    for act in (
        lambda: events.change(actor=sales, event=event, values={"stand": "1"}, at=at),
        lambda: events.close(actor=sales, event=event, at=at),
        lambda: events.remove(actor=sales, event=event, at=at),
        lambda: fair_cast.fair(by=sales, team=[], at=at, name="Andere"),
    ):
        with pytest.raises(errors.NotPermitted):
            act()
    assert acts() == ["event.created"]


def test_one_is_given_up_only_without_leads(
    team_lead: User, sales: User, event: Event, at: datetime
) -> None:
    lead = fair_cast.slip(event, by=sales, at=at)
    with pytest.raises(errors.Conflict, match="gibt es Leads"):
        events.remove(actor=team_lead, event=event, at=at)
    lead.delete()
    events.remove(actor=team_lead, event=event, at=at)
    assert not Event.objects.exists()
    assert not Source.objects.get(kind="FAIR").is_active
    again = fair_cast.fair(by=team_lead, team=[], at=at)
    assert again.source.is_active


def test_only_the_team_sees_it(
    make_user: Callable[..., User], team_lead: User, sales: User, event: Event, at: datetime
) -> None:
    lead = fair_cast.slip(event, by=sales, at=at)
    stranger = make_user("SALES")
    for user in (sales, team_lead):
        assert access.event_for(user=user, public_id=event.public_id) == event
        assert access.lead_for(user=user, public_id=lead.public_id) == lead
    with pytest.raises(errors.NotFound):
        access.event_for(user=stranger, public_id=event.public_id)
    with pytest.raises(errors.NotFound):
        access.lead_for(user=stranger, public_id=lead.public_id)
