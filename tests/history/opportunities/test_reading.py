"""Board, list, page and panel: what they show, to whom, and with how many queries."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from contacts import companies
from contacts.models import Company, Person, Source
from contacts.tables import Format
from crm.accounts.models import RoleCode, Team, User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history import access
from history.channels import Channel
from history.models import Activity, CloseReason, Opportunity, Participation, Stage, Touchpoint
from history.opportunities import (
    board,
    competitors,
    deals,
    dossier,
    exporting,
    listing,
    moving,
    of_record,
    page,
    pipelines,
    stakeholders,
)
from history.opportunities.narrowing import Narrowing

MakeDeal = Callable[..., Opportunity]
ALL = Narrowing()


@pytest.fixture
def plan(sales: User, at: datetime) -> Callable[..., Activity]:
    def make(deal: Opportunity, subject: str = "Angebot senden", *, days: int = 1) -> Activity:
        return Activity.objects.create(
            kind="TASK", subject=subject, due_at=at + timedelta(days=days), assignee=sales,
            opportunity=deal, created_at=at, updated_at=at,
        )  # fmt: skip

    return make


@pytest.fixture
def speak(at: datetime) -> Callable[..., None]:
    def make(person: Person, said: str = "Preis") -> None:
        contact = Touchpoint.objects.create(
            channel=Channel.PHONE, subject=said, happened_at=at, recorded_at=at
        )
        Participation.objects.create(
            touchpoint=contact, person=person, happened_at=at, channel=Channel.PHONE
        )

    return make


def read_board(user: User, at: datetime, narrowing: Narrowing = ALL) -> board.Board:
    pipeline = pipelines.in_use()[0]
    return board.read(user=user, pipeline=pipeline, narrowing=narrowing, at=at)


def test_columns_count_sum_and_weigh(
    make_deal: MakeDeal, sales: User, stages: list[Stage], at: datetime
) -> None:
    make_deal("Eins", volume=Decimal(1000))
    make_deal("Zwei", volume=Decimal(500), probability=None)
    make_deal("Drei", volume=None)
    moving.move(
        actor=sales, opportunity=make_deal("Vier", volume=Decimal(200)), stage=stages[2], at=at
    )
    shown = read_board(sales, at)
    assert [(c.stage.name, c.count, c.volume, c.weighted) for c in shown.columns][:3] == [
        ("Qualifizierung", 3, Decimal(1500), Decimal(150)),
        ("Bedarf geklärt", 0, Decimal(0), Decimal(0)),
        ("Angebot", 1, Decimal(200), Decimal(120)),
    ]
    assert (shown.volume, shown.weighted, shown.own, shown.forgotten) == (1700, 270, 4, 4)
    assert [card.opportunity.title for card in shown.columns[0].cards] == ["Drei", "Zwei", "Eins"]


def test_a_card_tells_age_next_step_and_silence(
    deal: Opportunity,
    sales: User,
    buyer: Person,
    plan: Callable[..., Activity],
    speak: Callable[..., None],
    at: datetime,
) -> None:
    stakeholders.add(
        actor=sales, opportunity=deal, person=buyer, values={"roles": ["APPROVER"]}, at=at
    )
    plan(deal, "später", days=9)
    plan(deal, "Begehung", days=2)
    soon = at + timedelta(days=15)
    (card,) = read_board(sales, soon).columns[0].cards
    assert (card.days, card.is_ageing, card.decider_is_silent) == (15, True, True)
    assert card.next_step is not None
    assert (card.next_step.subject, card.is_overdue) == ("Begehung", True)
    speak(buyer)
    (card,) = read_board(sales, at).columns[0].cards
    assert (card.is_ageing, card.decider_is_silent, card.is_overdue) == (False, False, False)


def test_a_column_shows_the_first_and_counts_the_rest(
    make_deal: MakeDeal, sales: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "CARDS", 2)
    for number in range(3):
        make_deal(f"Nr. {number}")
    column = read_board(sales, at).columns[0]
    assert (column.count, len(column.cards), column.more) == (3, 2, 1)


def test_the_board_asks_as_often_for_many_as_for_one(
    make_deal: MakeDeal,
    sales: User,
    plan: Callable[..., Activity],
    at: datetime,
    django_assert_num_queries: Any,
) -> None:
    sales.access  # noqa: B018 - read once per request
    pipeline = pipelines.in_use()[0]
    for number in (1, 5):
        for each in range(number):
            plan(make_deal(f"{number} {each}"))
        with django_assert_num_queries(5):
            board.read(user=sales, pipeline=pipeline, narrowing=ALL, at=at)


def test_the_end_of_the_month_counts_what_was_closed(
    make_deal: MakeDeal,
    sales: User,
    won: CloseReason,
    lost: CloseReason,
    at: datetime,
) -> None:
    moving.win(actor=sales, opportunity=make_deal("A"), reason=won, at=at)
    moving.lose(actor=sales, opportunity=make_deal("B", volume=None), reason=lost, at=at)
    before = at - timedelta(days=30)
    moving.lose(actor=sales, opportunity=make_deal("C"), reason=lost, at=before)
    shown = read_board(sales, at)
    assert (shown.won, shown.lost) == (
        board.Ended(1, Decimal(184500)), board.Ended(1, Decimal(0)),
    )  # fmt: skip
    assert sum(column.count for column in shown.columns) == 0


def test_everybody_sees_what_is_theirs(
    make_deal: MakeDeal, sales: User, make_user: Callable[..., User], team: Team,
    other_team: Team, admin: User, at: datetime,
) -> None:  # fmt: skip
    make_deal("von Vertrieb")
    make_deal("der anderen", actor=admin, team=other_team)
    colleague, stranger = make_user(teams=[team]), make_user(teams=[other_team])

    def titles(user: User, narrowing: Narrowing = ALL) -> list[str]:
        shown = listing.read(user=user, narrowing=narrowing, at=at)
        return [card.opportunity.title for card in shown.cards]

    assert titles(sales) == titles(colleague) == ["von Vertrieb"]
    assert titles(stranger) == ["der anderen"]
    assert titles(colleague, Narrowing(whose="meine")) == []
    assert titles(colleague, Narrowing(whose="team")) == ["von Vertrieb"]
    assert titles(admin) == ["der anderen", "von Vertrieb"]


def test_the_list_is_narrowed_down(
    make_deal: MakeDeal, sales: User, stages: list[Stage], lost: CloseReason,
    plan: Callable[..., Activity], at: datetime,
) -> None:  # fmt: skip
    planned, moved, closed = make_deal("geplant"), make_deal("bewegt"), make_deal("verloren")
    plan(planned)
    moving.move(actor=sales, opportunity=moved, stage=stages[1], at=at)
    moving.lose(actor=sales, opportunity=closed, reason=lost, at=at)

    def titles(query: dict[str, str]) -> set[str]:
        shown = listing.read(user=sales, narrowing=Narrowing.read(query), at=at)
        return {card.opportunity.title for card in shown.cards}

    assert titles({}) == {"geplant", "bewegt"}
    assert titles({"ohne": "schritt"}) == {"bewegt"}
    assert titles({"stufe": str(stages[1].pk)}) == {"bewegt"}
    assert titles({"zustand": "verloren"}) == {"verloren"}
    assert titles({"zustand": "alle"}) == {"geplant", "bewegt", "verloren"}
    assert titles({"q": "havelberg"}) == {"geplant", "bewegt"}
    assert titles({"q": planned.number}) == {"geplant"}
    assert titles({"stufe": "x\0", "zustand": "?", "wessen": "alle", "q": "\0"}) == {
        "geplant", "bewegt",
    }  # fmt: skip
    narrowing = Narrowing.read({"zustand": "alle", "q": "a b"})
    assert narrowing.encode(stage=3) == "zustand=alle&stufe=3&q=a+b"


def test_paging_meets_everybody_once_forwards_and_back(
    make_deal: MakeDeal, sales: User, at: datetime, django_assert_num_queries: Any
) -> None:
    for number in range(7):
        make_deal(f"{number}", at=at + timedelta(minutes=number // 2))
    sales.access  # noqa: B018
    met, after = [], ""
    while True:
        with django_assert_num_queries(3):
            shown = listing.read(user=sales, narrowing=ALL, at=at, after=after, size=3)
        met.append([card.opportunity.title for card in shown.cards])
        if not shown.next:
            break
        after = shown.next
    assert met == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    back = listing.read(user=sales, narrowing=ALL, at=at, before=shown.previous, size=3)
    assert [card.opportunity.title for card in back.cards] == met[1]
    first = listing.read(user=sales, narrowing=ALL, at=at, before=back.previous, size=3)
    assert ([card.opportunity.title for card in first.cards], first.previous) == (met[0], "")
    nonsense = listing.read(user=sales, narrowing=ALL, at=at, after="gestern_x", size=3)
    assert [card.opportunity.title for card in nonsense.cards] == met[0]


def test_the_page_tells_the_days_in_each_stage(
    deal: Opportunity, sales: User, stages: list[Stage], lost: CloseReason, at: datetime
) -> None:
    moving.move(actor=sales, opportunity=deal, stage=stages[1], at=at + timedelta(days=6))
    moved = moving.move(actor=sales, opportunity=deal, stage=stages[2], at=at + timedelta(days=19))
    shown = page.read(user=sales, opportunity=moved, at=at + timedelta(days=40))
    assert [visit.days for visit in shown.visits] == [6, 13, 21, None, None]
    assert [visit.is_done for visit in shown.visits] == [True, True, False, False, False]
    assert (shown.days, shown.visits[2].is_long) == (21, True)
    closed = moving.lose(actor=sales, opportunity=moved, reason=lost, at=at + timedelta(days=30))
    shown = page.read(user=sales, opportunity=closed, at=at + timedelta(days=90))
    assert [visit.days for visit in shown.visits] == [6, 13, 11, None, None]


def test_the_page_asks_as_often_for_many_as_for_one(
    deal: Opportunity, sales: User, make_person: Callable[..., Person], team: Team,
    speak: Callable[..., None], plan: Callable[..., Activity], at: datetime,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    sales.access  # noqa: B018
    for round_ in (1, 4):
        for number in range(round_):
            person = make_person("Anna", f"Abel{round_}{number}", team=team)
            values = {"roles": ["DECIDER"], "stance": "FOR", "influence": 3}
            stakeholders.add(actor=sales, opportunity=deal, person=person, values=values, at=at)
            speak(person)
            plan(deal)
            name = {"name": f"Lumitrax {round_}{number}", "standing": "LEVEL"}
            competitors.add(actor=sales, opportunity=deal, values=name, at=at)
        deal = access.opportunity_for(user=sales, public_id=deal.public_id)
        with django_assert_num_queries(8):
            shown = page.read(user=sales, opportunity=deal, at=at)
        deal = access.opportunity_for(user=sales, public_id=deal.public_id)
        with django_assert_num_queries(9):
            dossier.read(user=sales, opportunity=deal, at=at)
    assert (len(shown.members), shown.gap, shown.map and len(shown.map.nodes)) == (5, None, 5)
    assert shown.score.value == 89


def test_who_may_not_see_a_person_gets_the_name_alone(
    deal: Opportunity, sales: User, make_person: Callable[..., Person], admin: User,
    other_team: Team, source: Source, speak: Callable[..., None], at: datetime,
) -> None:  # fmt: skip
    hidden = make_person("Gisela", "Geheimrat", team=other_team)
    firm = companies.create(
        actor=admin, values={"name": "Verborgen"}, source=source, team=other_team, at=at
    )
    stakeholders.add(actor=admin, opportunity=deal, person=hidden, values={"company": firm}, at=at)
    speak(hidden, "Geheimes")
    (member,) = page.read(user=sales, opportunity=deal, at=at).members
    assert (member.person_is_seen, member.company_is_seen) == (False, False)
    (member,) = page.read(user=admin, opportunity=deal, at=at).members
    assert (member.person_is_seen, member.company_is_seen) == (True, True)
    assert "Geheimes" not in str(dossier.read(user=sales, opportunity=deal, at=at).blocks)
    assert "Geheimes" in str(dossier.read(user=admin, opportunity=deal, at=at).blocks)


def test_the_dossier_is_a_pdf_that_the_audit_log_knows(
    deal: Opportunity, sales: User, at: datetime
) -> None:
    deals.update(actor=sales, opportunity=deal, values={"regulate": "selbst stellen"}, at=at)
    fresh = Opportunity.objects.get()
    told = str(dossier.read(user=sales, opportunity=fresh, at=at).blocks)
    assert "Quote(text='selbst stellen')" in told
    assert "184.500,00 €" in told
    content = dossier.make(actor=sales, opportunity=fresh, at=at)
    assert content[:5] == b"%PDF-"
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.object_id) == ("opportunity.dossier-made", deal.pk)


def test_a_record_shows_what_it_wants_and_has_a_say_in(
    make_deal: MakeDeal, sales: User, buyer: Person, planner: Person, company: Company,
    lost: CloseReason, make_user: Callable[..., User], other_team: Team, at: datetime,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    own, said = make_deal("eigene", company=None, person=buyer), make_deal("mit Stimme")
    stakeholders.add(actor=sales, opportunity=said, person=buyer, values={}, at=at)
    moving.lose(actor=sales, opportunity=own, reason=lost, at=at)
    sales.access  # noqa: B018
    with django_assert_num_queries(4):
        shown = of_record.read(user=sales, record=buyer, at=at)
    told = [(each.card.opportunity.title, each.stage, each.stages) for each in shown.lines]
    assert told == [("mit Stimme", 1, 5), ("eigene", 1, 5)]
    assert of_record.read(user=sales, record=company, at=at).total == 1
    assert of_record.read(user=sales, record=planner, at=at) == of_record.Panel([], 0)
    stranger = make_user(teams=[other_team])
    assert of_record.read(user=stranger, record=buyer, at=at).total == 0


def test_taking_the_list_out_is_for_the_lead_and_is_recorded(
    make_deal: MakeDeal, sales: User, team: Team, make_user: Callable[..., User], at: datetime
) -> None:
    make_deal("=cmd()")
    make_deal("Halle 4")
    to = BytesIO()
    with pytest.raises(errors.NotPermitted):
        exporting.export(actor=sales, narrowing=ALL, format=Format.CSV, to=to, at=at)
    assert to.getvalue() == b""
    lead = make_user(RoleCode.TEAM_LEAD, teams=[team])
    assert exporting.export(actor=lead, narrowing=ALL, format=Format.CSV, to=to, at=at) == 2
    lines = to.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Nummer;Titel;Firma;")
    assert lines[2].startswith("VC-2026-001;'=cmd();Havelberg Anlagenbau GmbH;")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.context["rows"]) == ("opportunities.exported", 2)
