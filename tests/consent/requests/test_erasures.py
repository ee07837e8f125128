"""An erasure happens as a whole or not at all, and only for whom it is meant."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from consent.models import ErasureRun, LedgerEvent, SubjectRequest, VaultItem
from consent.requests import cases, erasures, plans
from contacts.models import Person, Source
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.models import Invoice


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person("Johanna", "Maier")


@pytest.fixture
def case(person: Person, at: datetime) -> SubjectRequest:
    return cases.receive(
        actor=None, article="17", channel="EMAIL", person=person, received_at=at, at=at
    )


@pytest.fixture
def identified(case: SubjectRequest, at: datetime) -> SubjectRequest:
    day = timezone.localdate(at)
    cases.prove_identity(actor=None, case=case, on=day, how="Rückruf", at=at)
    return case


@pytest.fixture
def happened() -> Callable[[], tuple[int, ...]]:
    """Everything that an erasure would leave behind."""

    def count() -> tuple[int, ...]:
        models: list[Any] = [Person, ErasureRun, VaultItem, LedgerEvent, AuditEntry]
        return tuple(model.objects.count() for model in models)

    return count


def test_nobody_is_erased_without_a_proof_of_identity(
    case: SubjectRequest, privacy: User, at: datetime, happened: Any
) -> None:
    before = happened()
    with pytest.raises(cases.IdentityOpen):
        erasures.erase(actor=privacy, case=case, typed="Johanna Maier", at=at)
    assert happened() == before


@pytest.mark.parametrize("typed", ["", "johanna maier", "Johanna Meier", "ja"])
def test_nobody_is_erased_by_another_name(
    identified: SubjectRequest, privacy: User, at: datetime, happened: Any, typed: str
) -> None:
    before = happened()
    with pytest.raises(erasures.NotConfirmed):
        erasures.erase(actor=privacy, case=identified, typed=typed, at=at)
    assert happened() == before


def test_an_unpaid_invoice_comes_first(
    identified: SubjectRequest,
    person: Person,
    source: Source,
    privacy: User,
    at: datetime,
    happened: Any,
) -> None:
    invoice = Invoice.objects.create(
        number="R-1",
        person=person,
        invoiced_on=date(2026, 3, 1),
        total=10,
        source=source,
        updated_at=at,
    )
    before = happened()
    with pytest.raises(erasures.Blocked, match="Rechnung R-1 ist noch nicht bezahlt"):
        erasures.erase(actor=privacy, case=identified, typed="Johanna Maier", at=at)
    assert happened() == before
    assert Invoice.objects.filter(pk=invoice.pk, person=person).exists()
    invoice.paid_on = date(2026, 3, 10)
    invoice.save()
    erasures.erase(actor=privacy, case=identified, typed=" Johanna  Maier ", at=at)
    assert not Person.objects.exists()
    assert VaultItem.objects.get(rule="booking_voucher").until == date(2034, 12, 31)


def test_only_who_handles_requests_erases(
    identified: SubjectRequest, team_lead: User, at: datetime, happened: Any
) -> None:
    before = happened()
    with pytest.raises(errors.NotPermitted):
        erasures.erase(actor=team_lead, case=identified, typed="Johanna Maier", at=at)
    assert happened() == before


def test_a_request_for_access_erases_nobody(person: Person, privacy: User, at: datetime) -> None:
    case = cases.receive(
        actor=None, article="15", channel="EMAIL", person=person, received_at=at, at=at
    )
    cases.prove_identity(actor=None, case=case, on=timezone.localdate(at), how="Rückruf", at=at)
    with pytest.raises(errors.Conflict):
        erasures.erase(actor=privacy, case=case, typed="Johanna Maier", at=at)
    assert Person.objects.filter(pk=person.pk).exists()


def test_the_plan_changes_nothing_and_says_what_would(
    person: Person, at: datetime, happened: Any
) -> None:
    before = happened()
    plan = plans.of(person, today=timezone.localdate(at))
    assert happened() == before
    assert {line.declaration.data_kind for line in plan.lines} >= {"Stammdaten"}
    assert plan.blockers == ()
    assert not plan.is_partial


def test_what_goes_wrong_in_the_middle_leaves_everything_as_it_was(
    identified: SubjectRequest,
    person: Person,
    privacy: User,
    at: datetime,
    happened: Any,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Any,
) -> None:
    settings.MEDIA_ROOT = tmp_path

    def fail(*_args: Any, **_values: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("crm.kernel.removing.remove", fail)
    before = happened()
    with pytest.raises(OSError, match="disk full"):
        erasures.erase(actor=privacy, case=identified, typed="Johanna Maier", at=at)
    assert happened() == before
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
