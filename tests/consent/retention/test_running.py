"""What was kept long enough goes, nothing else, and nothing that a law still keeps."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from consent import circumstances, suppression
from consent.models import (
    ErasureRun,
    RetentionPeriod,
    RetentionRun,
    SuppressionEntry,
    VaultItem,
)
from consent.retention import rules, running
from consent.retention.periods import months, years
from contacts import contact_points
from contacts.models import Person, Source, SuspectGroup, SuspectPair
from crm.accounts.models import User
from crm.kernel import errors
from history.models import Appointment, AppointmentKind, Invoice, Participation, Touchpoint

LONG_AGO = datetime(2019, 5, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.ERASURE_LOG = tmp_path / "erasures.jsonl"


@pytest.fixture
def old(make_person: Callable[..., Person]) -> Callable[[str], Person]:
    """Somebody of whom nobody heard since 2019."""

    def make(name: str) -> Person:
        person = make_person("Hanna", name)
        Person.objects.filter(pk=person.pk).update(created_at=LONG_AGO, updated_at=LONG_AGO)
        return person

    return make


def names() -> set[str]:
    return set(Person.objects.values_list("surname", flat=True))


def test_who_was_not_heard_of_for_years_is_erased(
    old: Callable[[str], Person], make_person: Callable[..., Person], at: datetime
) -> None:
    old("Alt")
    make_person("Hanna", "Neu")
    spoken = old("Sprach")
    contact = Touchpoint.objects.create(channel="PHONE", happened_at=at, recorded_at=at)
    Participation.objects.create(touchpoint=contact, person=spoken, happened_at=at, channel="PHONE")
    dry = running.run(actor=None, at=at, dry_run=True)
    assert (dry.figures["master"], dry.is_dry) == (1, True)
    assert names() == {"Alt", "Neu", "Sprach"}
    assert not ErasureRun.objects.exists()
    done = running.run(actor=None, at=at)
    assert (done.figures["master"], done.kept) == (1, 0)
    assert names() == {"Neu", "Sprach"}
    assert RetentionRun.objects.count() == 2


def test_who_has_an_appointment_ahead_stays(
    old: Callable[[str], Person], admin: User, at: datetime
) -> None:
    begins = at + timedelta(days=30)
    kind = AppointmentKind.objects.create(name="Beratung", length_minutes=30, place="PHONE")
    Appointment.objects.create(
        kind=kind, person=old("Termin"), employee=admin, starts_at=begins, channel="NONE",
        ends_at=begins + timedelta(minutes=30), blocked_until=begins + timedelta(minutes=30),
        booked_at=LONG_AGO, booked_by=admin, changed_at=LONG_AGO,
    )  # fmt: skip
    assert running.run(actor=None, at=at).figures["master"] == 0
    assert names() == {"Termin"}


def test_an_open_invoice_or_an_order_to_keep_holds_somebody(
    old: Callable[[str], Person], admin: User, source: Source, at: datetime
) -> None:
    debtor, sued = old("Schuldner"), old("Beklagt")
    Invoice.objects.create(
        number="R-1", person=debtor, invoiced_on=date(2019, 5, 1), total=10, source=source,
        updated_at=LONG_AGO,
    )  # fmt: skip
    held = rules.hold(actor=admin, person=sued, reason="Klage", at=at)
    done = running.run(actor=None, at=at)
    assert (done.figures["master"], done.kept) == (0, 1)
    assert names() == {"Schuldner", "Beklagt"}
    Invoice.objects.update(paid_on=date(2019, 6, 1))
    rules.release(actor=admin, held=held, at=at)
    assert running.run(actor=None, at=at).figures["master"] == 2
    assert names() == set()
    item = VaultItem.objects.get()
    assert (item.rule, item.until, item.content["who"]["name"]) == (
        "booking_voucher",
        date(2027, 12, 31),
        "Hanna Schuldner",
    )


def test_an_objection_outlives_the_data(
    old: Callable[[str], Person], admin: User, source: Source, at: datetime
) -> None:
    for name in ("Gegner", "Andere"):
        person = old(name)
        contact_points.add(
            actor=admin, record=person, kind="EMAIL", value=f"{name}@x.example",
            source=source, at=LONG_AGO,
        )  # fmt: skip
        if name == "Gegner":
            circumstances.object_to_marketing(
                actor=None, person=person, received_at=LONG_AGO, at=LONG_AGO, via="email"
            )
        Person.objects.filter(pk=person.pk).update(updated_at=LONG_AGO)
    running.run(actor=None, at=at)
    assert names() == set()
    key = suppression.match_key(kind="EMAIL", normalised="gegner@x.example")
    assert [bytes(each.match_key) for each in SuppressionEntry.objects.all()] == [key]


def test_the_vault_is_emptied_when_the_period_is_over(
    old: Callable[[str], Person], source: Source, at: datetime
) -> None:
    Invoice.objects.create(
        number="R-1", person=old("Kundin"), invoiced_on=date(2019, 5, 1),
        paid_on=date(2019, 6, 1), total=10, source=source, updated_at=LONG_AGO,
    )  # fmt: skip
    running.run(actor=None, at=at)
    assert VaultItem.objects.count() == 1
    last_day = datetime(2027, 12, 31, 12, tzinfo=UTC)
    assert running.run(actor=None, at=last_day).figures["vault"] == 0
    assert running.run(actor=None, at=last_day + timedelta(days=1)).figures["vault"] == 1
    assert not VaultItem.objects.exists()


@pytest.mark.parametrize(
    ("rule", "number", "unit"),
    [("booking_voucher", 7, "years"), ("phone_consent_proof", 59, "months"), ("books", 9, "years")],
)
def test_no_period_is_shorter_than_the_law(
    admin: User, at: datetime, rule: str, number: int, unit: str
) -> None:
    with pytest.raises(rules.TooShort, match="verlangt mindestens"):
        rules.set_period(actor=admin, rule=rule, number=number, unit=unit, at=at)
    assert not RetentionPeriod.objects.exists()


def test_a_longer_period_counts_from_then_on(
    old: Callable[[str], Person], admin: User, at: datetime
) -> None:
    old("Alt")
    rules.set_period(actor=admin, rule="master", number=9, unit="years", at=at)
    assert running.run(actor=None, at=at).figures["master"] == 0
    assert names() == {"Alt"}


def test_only_who_handles_requests_sets_periods_and_runs(team_lead: User, at: datetime) -> None:
    with pytest.raises(errors.NotPermitted):
        rules.set_period(actor=team_lead, rule="master", number=9, unit="years", at=at)
    with pytest.raises(errors.NotPermitted):
        running.run(actor=team_lead, at=at)
    assert not RetentionRun.objects.exists()


def test_the_first_day_that_is_still_kept() -> None:
    day = date(2026, 3, 17)
    assert years(3, from_year_end=True).kept_since(day) == date(2023, 1, 1)
    assert months(6).kept_since(day) == date(2025, 9, 17)
    for period in (years(3, from_year_end=True), months(6), years(5)):
        first = period.kept_since(day)
        assert period.until(first) >= day > period.until(first - timedelta(days=1))


def test_suspect_pairs_of_the_erased_go_and_others_stay(
    old: Callable[[str], Person], make_person: Callable[..., Person], at: datetime
) -> None:
    gone, one, two = old("Alt"), make_person("Hanna", "Eins"), make_person("Hanna", "Zwei")
    members = sorted(each.pk for each in (gone, one, two))
    SuspectGroup.objects.create(
        generation=1, number=1, kind="PERSON", members=members, size=3, strength=9, weakest=9
    )
    pairs = [(gone.pk, one.pk), (one.pk, two.pk)]
    for first, second in (sorted(pair) for pair in pairs):
        SuspectPair.objects.create(
            generation=1,
            group=1,
            kind="PERSON",
            first_id=first,
            second_id=second,
            weight=9,
            pattern=0,
        )
    running.run(actor=None, at=at)
    group, pair = SuspectGroup.objects.get(), SuspectPair.objects.get()
    assert (sorted(group.members), group.size) == ([one.pk, two.pk], 2)
    assert sorted((pair.first_id, pair.second_id)) == [one.pk, two.pk]
