"""Sources with licence and use-until; freshness of data."""

from datetime import date

import pytest

from contacts import contact_points, freshness, sources
from contacts.freshness import Freshness
from contacts.models import Source
from crm.kernel import errors


def test_bought_addresses_need_licence_and_use_until(admin, at) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        sources.create(actor=admin, kind="SUPPLIER", name="Falk", at=at)
    assert sorted(refusal.value.errors) == ["licence", "use_until"]
    assert Source.objects.count() == 0


def test_names_of_sources_are_unique_whatever_their_case(admin, source, at) -> None:
    with pytest.raises(errors.Invalid, match="schon"):
        sources.create(actor=admin, kind="ERP", name="erp", at=at)


def test_a_source_is_usable_through_its_last_day(admin, at) -> None:
    source = sources.create(
        actor=admin,
        kind="SUPPLIER",
        name="Falk",
        licence="Post",
        use_until=date(2026, 12, 31),
        at=at,
    )
    assert sources.usable(source, on=date(2026, 12, 31))
    assert not sources.usable(source, on=date(2027, 1, 1))


def test_what_is_typed_has_one_source(at, db) -> None:
    assert sources.by_hand(at=at) == sources.by_hand(at=at)


@pytest.mark.parametrize(
    ("confirmed_on", "expected"),
    [
        (None, Freshness.NEVER),
        (date(2024, 3, 17), Freshness.STALE),
        (date(2024, 3, 18), Freshness.FRESH),
        (date(2026, 3, 17), Freshness.FRESH),
    ],
)
def test_two_years_are_the_limit(confirmed_on, expected) -> None:
    assert freshness.of(confirmed_on, on=date(2026, 3, 17)) == expected


def test_confirming_a_record_confirms_its_current_data(admin, source, at, make_person) -> None:
    anna = make_person("Anna", "Abel")
    holder = contact_points.add(
        actor=admin, record=anna, kind="EMAIL", value="a@b.example", source=source, at=at
    )
    freshness.confirm_record(actor=admin, record=anna, at=at)
    anna.refresh_from_db()
    holder.refresh_from_db()
    assert (anna.confirmed_on, holder.confirmed_on) == (at.date(), at.date())


def test_who_may_not_write_confirms_nothing(privacy, at, make_person) -> None:
    anna = make_person("Anna", "Abel")
    with pytest.raises(errors.NotPermitted):
        freshness.confirm_record(actor=privacy, record=anna, at=at)
    anna.refresh_from_db()
    assert anna.confirmed_on is None
