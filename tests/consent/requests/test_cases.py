"""Requests come in, stop what has to stop at once, and are answered in time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from consent import consents
from consent.models import EventKind, LedgerEvent, RequestState, SubjectRequest
from consent.requests import cases
from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry

DAY = timedelta(days=1)


@pytest.fixture
def received(person: Person, at: datetime) -> Callable[..., SubjectRequest]:
    def receive(article: str = "15", **values: Any) -> SubjectRequest:
        given = {"person": person, "channel": "EMAIL", "received_at": at, "at": at, **values}
        return cases.receive(actor=None, article=article, **given)

    return receive


def test_numbers_count_within_the_year(received: Callable[..., SubjectRequest]) -> None:
    assert [received().number, received().number] == ["2026-0001", "2026-0002"]


def test_an_objection_stops_advertising_in_the_same_transaction(
    received: Callable[..., SubjectRequest], person: Person
) -> None:
    case = received("21", wording="Hören Sie auf.")
    assert case.state == RequestState.DONE
    event = LedgerEvent.objects.get(kind=EventKind.OBJECTED)
    assert event.details["scope"] == "marketing_all"
    assert event.effective_at == case.received_at


def test_an_objection_to_scoring_restricts_and_stays_open(
    received: Callable[..., SubjectRequest],
) -> None:
    case = received("21", is_marketing=False)
    assert case.state == RequestState.OPEN
    assert LedgerEvent.objects.get(kind=EventKind.RESTRICTED).details == {"ground": "d"}


def test_a_withdrawal_ends_all_consents(
    received: Callable[..., SubjectRequest],
    give_consent: Callable[..., LedgerEvent],
    person: Person,
    at: datetime,
) -> None:
    give_consent(at=at)
    assert received("7.3").outcome == {"stopped": 1}
    assert consents.alive(consents.of_person(person)) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"article": "99"}, "article"),
        ({"channel": "PIGEON"}, "channel"),
        (
            {"received_at": datetime(2027, 1, 1, tzinfo=timezone.get_default_timezone())},
            "received_at",
        ),
        ({"person": None}, "requester"),
    ],
)
def test_nothing_is_taken_in_that_makes_no_sense(
    received: Callable[..., SubjectRequest], values: dict[str, Any], field: str
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        received(**values)
    assert list(refused.value.errors) == [field]
    assert not SubjectRequest.objects.exists()
    assert not AuditEntry.objects.filter(action="request.received").exists()


def test_a_request_of_somebody_unknown_waits_for_the_identity(
    received: Callable[..., SubjectRequest], person: Person, at: datetime
) -> None:
    case = received(person=None, requester="J. Maier, Berlin")
    day = timezone.localdate(at)
    with pytest.raises(cases.IdentityOpen):
        cases.answer(actor=None, case=case, at=at)
    cases.ask_identity(actor=None, case=case, on=day, at=at)
    cases.prove_identity(
        actor=None, case=case, on=day + 5 * DAY, how="Rückruf", person=person, at=at + 5 * DAY
    )
    assert cases.due_of(case, today=day + 9 * DAY).paused == 5
    cases.answer(actor=None, case=case, at=at + 9 * DAY)
    assert case.state == RequestState.DONE


def test_an_extension_is_told_within_the_month(
    received: Callable[..., SubjectRequest], at: datetime
) -> None:
    case = received()  # 17 March
    last = date(2026, 4, 17)
    with pytest.raises(cases.ExtensionTooLate, match=r"18\.04\.2026"):
        cases.extend(actor=None, case=case, told_on=last + DAY, reason="viel", at=at + 40 * DAY)
    case.refresh_from_db()
    assert case.extended_on is None
    with pytest.raises(errors.Invalid):
        cases.extend(actor=None, case=case, told_on=last, reason=" ", at=at + 40 * DAY)
    cases.extend(actor=None, case=case, told_on=last, reason="viel", at=at + 40 * DAY)
    assert cases.due_of(case, today=last).internal == date(2026, 6, 17)
    with pytest.raises(errors.Conflict):
        cases.extend(actor=None, case=case, told_on=last, reason="viel", at=at + 40 * DAY)


def test_it_is_brought_up_again_four_times(received: Callable[..., SubjectRequest]) -> None:
    case, day = received(), date(2026, 3, 17)
    assert [cases.escalated(case, today=day + n * DAY) for n in (0, 6, 7, 14, 21, 25, 60)] == [
        0, 0, 1, 2, 3, 4, 4,
    ]  # fmt: skip


def test_who_does_not_handle_requests_takes_them_in_only(
    person: Person, admin: User, privacy: User, sales: User, at: datetime
) -> None:
    given: dict[str, Any] = {"article": "15", "channel": "PHONE", "received_at": at, "at": at}
    case = cases.receive(actor=admin, person=person, **given)
    with pytest.raises(errors.NotPermitted):
        cases.cases_of(sales)
    with pytest.raises(errors.NotPermitted):
        cases.refuse(actor=sales, case=case, reason="nein", at=at)
    with pytest.raises(errors.NotFound):  # sales sees only their own records
        cases.receive(actor=sales, person=person, **given)
    assert cases.case_for(user=privacy, public_id=case.public_id) == case
    assert SubjectRequest.objects.count() == 1
