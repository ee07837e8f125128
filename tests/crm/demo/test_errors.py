"""Each error does what its name says, and nothing where it does not apply."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from crm.demo import companies, errors, persons, spelling
from crm.demo.records import Origin, Record
from crm.demo.writing import Scribe

TODAY = date(2026, 11, 1)


@pytest.fixture
def desk() -> errors.Desk:
    random = Random(11)
    register = companies.Register(random)
    known = [register.company(in_erp=True) for _ in range(5)]
    person = persons.Registry(random).person(office=persons.Office(known[0]))
    person = replace(person, sex="m", given_name="Johannes", particle="", surname="Müller-Voß")
    return errors.Desk(random, Scribe(random, today=TODAY), person, known)


@pytest.fixture
def record(desk: errors.Desk) -> Record:
    return desk.scribe.write(desk.person, origin=Origin.FAIR)


def test_nickname(record: Record, desk: errors.Desk) -> None:
    assert errors.nickname(record, desk).given_name in ("Hans", "Hannes", "Johann", "Jo")
    stranger = replace(record, given_name="Torben")
    assert errors.nickname(stranger, desk) == stranger


def test_swapped(record: Record, desk: errors.Desk) -> None:
    swapped = errors.swapped(record, desk)
    assert (swapped.given_name, swapped.surname) == ("Müller-Voß", "Johannes")


def test_half_of_a_double_name(record: Record, desk: errors.Desk) -> None:
    assert errors.half_of_double_name(record, desk).surname == "Müller"


def test_umlauts(record: Record, desk: errors.Desk) -> None:
    assert errors.umlauts(record, desk).surname in ("Mueller-Voss", "Muller-Vos")


def test_shouted_leaves_the_customer_of_the_erp_alone(record: Record, desk: errors.Desk) -> None:
    assert errors.shouted(record, desk).company_name == record.company_name.upper()
    in_erp = desk.scribe.write(desk.person, origin=Origin.ERP)
    shouted = errors.shouted(in_erp, desk)
    assert shouted.surname == "MÜLLER-VOSS"
    assert shouted.company_name == in_erp.company_name


def test_another_employer_brings_another_mailbox(record: Record, desk: errors.Desk) -> None:
    while (moved := errors.other_employer(record, desk)) == record:
        pass
    company = next(c for c in desk.others if c.number == moved.company_entity)
    assert moved.entity == record.entity
    assert moved.company_entity != record.company_entity
    assert moved.company_name == company.name
    assert moved.email in ("", f"johannes.mueller-voss@{company.domain}")


def test_slips_in_a_birth_date_stay_dates(record: Record, desk: errors.Desk) -> None:
    assert errors.birth_date_slip(record, desk) == record  # cards tell no birthday
    in_outlook = desk.scribe.write(desk.person, origin=Origin.OUTLOOK)
    for _ in range(30):
        changed = errors.birth_date_slip(in_outlook, desk).birth_date
        assert changed is not None
        assert changed != desk.person.birth_date


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("Meier", {"Maier", "Meyer", "Meir"}),
        ("Mayr", {"Maier", "Mayer"}),
        ("Schmidt", {"Schmitt", "Schmid"}),
        ("Stefan", {"Stephan"}),
        ("HOFFMANN", {"HOFFMAN", "HOFMANN"}),
        ("Öz", {"Öz"}),
    ],
)
def test_names_by_ear(name: str, alike: set[str]) -> None:
    assert {spelling.sounding_alike(Random(seed), name) for seed in range(200)} == alike


def test_a_slip_keeps_the_first_letter_and_changes_one_place() -> None:
    for seed in range(100):
        slipped = spelling.slip(Random(seed), "Schneider")
        assert slipped[0] == "S"
        assert abs(len(slipped) - 9) <= 1
