"""Addresses over time, and the postal contact point behind them."""

from datetime import date

import pytest

from contacts import addresses
from contacts.models import Address, ContactPoint
from crm.kernel import errors


@pytest.fixture
def anna(make_person):
    return make_person("Anna", "Abel")


@pytest.fixture
def add(admin, source, at):
    def add(record, **values):
        return addresses.add(actor=admin, record=record, values=values, source=source, at=at)

    return add


def test_the_house_number_is_split_off(add, anna) -> None:
    address = add(anna, street="Am Speicher 14a", postal_code="10997", city="Berlin")
    assert (address.street, address.house_number) == ("Am Speicher", "14a")
    assert str(address) == "Am Speicher 14a, 10997 Berlin"
    anna.refresh_from_db()
    assert anna.completeness == 35


def test_two_spellings_of_a_street_are_one_place(add, anna, make_person) -> None:
    first = add(anna, street="Uferstr. 3", postal_code="10997", city="Berlin")
    second = add(
        make_person("Bernd", "Bohm"), street="Uferstraße 3", postal_code="10997", city="Berlin"
    )
    assert first.contact_point == second.contact_point


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"street": "Am Speicher 14"}, "city"),
        ({"postal_code": "1067", "city": "Dresden"}, "postal_code"),
        ({"city": "x" * 151}, "city"),
        ({"city": "Wien", "country": "AUT"}, "country"),
        (
            {"city": "Berlin", "valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
            "valid_to",
        ),
    ],
)
def test_a_bad_address_is_refused_and_nothing_is_written(add, anna, values, field) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        add(anna, **values)
    assert list(refusal.value.errors) == [field]
    assert (Address.objects.count(), ContactPoint.objects.count()) == (0, 0)


def test_moving_keeps_the_old_address(add, anna, admin, source, at) -> None:
    old = add(anna, street="Am Speicher 14", postal_code="10997", city="Berlin")
    new = addresses.move(
        actor=admin,
        address=old,
        values={"street": "Hafenstr. 2", "postal_code": "24103", "city": "Kiel"},
        since=date(2026, 3, 1),
        source=source,
        at=at,
    )
    old.refresh_from_db()
    assert old.valid_to == date(2026, 2, 28)
    assert (new.valid_from, new.confirmed_on) == (date(2026, 3, 1), at.date())


def test_a_correction_changes_the_place(add, anna, admin, source, at) -> None:
    address = add(anna, street="Am Speicher 14", postal_code="10997", city="Berlin")
    changed = addresses.update(
        actor=admin, address=address, values={"house_number": "15"}, source=source, at=at
    )
    assert str(changed) == "Am Speicher 15, 10997 Berlin"
    assert changed.contact_point.display == "Am Speicher 15, 10997 Berlin"
