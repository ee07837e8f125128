"""The page of a person and of a company, by mouse, by keyboard, and on the phone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contacts import (
    addresses,
    companies,
    contact_points,
    criteria,
    employments,
    external_ids,
    persons,
    qualification,
    sources,
)
from contacts.models import Company, ImportRow, ImportRun, Person, Source, SourceKind
from crm.accounts.models import User
from crm.kernel import audit, clock

PageAs = Callable[..., Page]
QUESTIONS = (
    ("Rolle im Einkauf", "CHOICE", "NORMAL", ["Fachentscheider", "Einkäufer"]),
    ("Budgetmonat", "TEXT", "NORMAL", []),
    ("Hallenfläche in m²", "NUMBER", "NORMAL", []),
    ("Newsletter gewünscht", "BOOLEAN", "NORMAL", []),
    ("Interessen", "CHOICES", "NORMAL", ["Prüfstände", "Kalibrierung", "Wartung"]),
    ("Lieblingsverein", "TEXT", "PERSONALITY", []),
)


@pytest.fixture
def erp(admin: User) -> Source:
    at = clock.now() - timedelta(days=2300)
    return sources.create(actor=admin, kind=SourceKind.ERP, name="ERP-Übernahme", at=at)


@pytest.fixture
def havelberg(admin: User, erp: Source, team) -> Company:
    at = clock.now() - timedelta(days=2300)
    known: dict[str, Any] = {"actor": admin, "source": erp, "at": at}
    holding = companies.create(values={"name": "Havelberg Holding SE"}, team=team, **known)
    company = companies.create(
        values={
            "name": "Havelberg Anlagenbau GmbH",
            "parent": holding,
            "erp_number": "K-10471",
            "industry_codes": ["28.29"],
            "website": "https://havelberg.example",
        },
        team=team,
        **known,
    )
    contact_points.add(record=company, kind="PHONE", value="030 23125 0", label="Zentrale", **known)
    addresses.add(
        record=company,
        values={"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"},
        **known,
    )
    return company


@pytest.fixture
def maier(admin: User, erp: Source, havelberg: Company, team) -> Person:
    """Somebody one has known for years, from three sources."""
    now = clock.now()
    past = now - timedelta(days=2300)
    known: dict[str, Any] = {"actor": admin, "source": erp, "at": past}
    person = persons.create(
        values={"given_name": "Johannes", "surname": "Maier", "salutation": "HERR"},
        team=team,
        owner=admin,
        **known,
    )
    employments.add(
        person=person,
        company=havelberg,
        values={"function": "Leiter Technik", "started_on": date(2019, 3, 1)},
        **known,
    )
    for name, function in (
        ("Friederike Haas", "kaufm. Leitung"),
        ("Sabine Kowalczyk", "Einkauf"),
        ("Tobias Reuß", "Hallenmeister"),
    ):
        given, surname = name.split()
        mate = persons.create(values={"given_name": given, "surname": surname}, team=team, **known)
        employments.add(person=mate, company=havelberg, values={"function": function}, **known)
    contact_points.add(record=mate, kind="FAX", value="030 23125 109", **known)
    contact_points.add(
        record=person, kind="FAX", value="030 23125 109", purpose="BUSINESS", **known
    )
    addresses.add(
        record=person,
        values={"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"},
        confirmed_on=now.date() - timedelta(days=900),
        **known,
    )
    external_ids.add(record=person, system="ERP", value="P-4711", **known)
    _fair(admin, person, now)
    _bought(admin, person, now)
    _answers(admin, erp, person, now)
    _import(admin, erp, person, now)
    return Person.objects.get(pk=person.pk)


def _fair(admin: User, person: Person, now: Any) -> None:
    at = now - timedelta(days=35)
    fair = sources.create(actor=admin, kind=SourceKind.FAIR, name="Hausmesse 2026", at=at)
    known: dict[str, Any] = {"actor": admin, "source": fair, "at": at, "confirmed_on": at.date()}
    persons.update(person=person, values={"title": "Dr.", "birth_date": date(1971, 2, 14)}, **known)
    contact_points.add(
        record=person,
        kind="PHONE",
        value="030 23125 101",
        purpose="BUSINESS",
        label="Durchwahl",
        is_preferred=True,
        **known,
    )
    contact_points.add(
        record=person,
        kind="EMAIL",
        value="johannes.maier@havelberg-anlagenbau.example",
        purpose="BUSINESS",
        **known,
    )


def _bought(admin: User, person: Person, now: Any) -> None:
    at = now - timedelta(days=20)
    supplier = sources.create(
        actor=admin,
        kind=SourceKind.SUPPLIER,
        name="Lieferung 03/2026",
        supplier="Adresskontor Falk",
        licence="Post und Telefon, einmalige Nutzung",
        use_until=now.date() + timedelta(days=30),
        at=at,
    )
    holder = contact_points.add(
        actor=admin, record=person, kind="MOBILE", value="0171 39200 12", source=supplier, at=at
    )
    contact_points.set_status(actor=admin, holder=holder, status="RETIRED", at=now)


def _answers(admin: User, erp: Source, person: Person, now: Any) -> None:
    for label, kind, sensitivity, choices in QUESTIONS:
        criterion = criteria.create(
            actor=admin, label=label, subject="PERSON", type=kind, sensitivity=sensitivity,
            choices=choices, at=now,
        )  # fmt: skip
        for days, value in {
            "Rolle im Einkauf": ((400, "Einkäufer"), (20, "Fachentscheider")),
            "Hallenfläche in m²": ((20, "6.400,5"),),
            "Interessen": ((20, ["Prüfstände", "Wartung"]),),
        }.get(label, ()):
            qualification.set_value(
                actor=admin, record=person, criterion=criterion, value=value, source=erp,
                at=now - timedelta(days=days),
            )  # fmt: skip


def _import(admin: User, erp: Source, person: Person, now: Any) -> None:
    from django.db import transaction

    run = ImportRun.objects.create(
        source=erp, created_by=admin, file="kunden.csv", file_name="erp_kunden.csv", file_size=1,
        file_hash="0" * 64, state="DONE", created_at=now - timedelta(days=9),
        finished_at=now - timedelta(days=9),
    )  # fmt: skip
    ImportRow.objects.create(run=run, number=212, outcome="UPDATED", person=person)
    with transaction.atomic():
        audit.record(
            actor=admin,
            action="person.updated",
            target=person,
            changes={"language": ["", "de"]},
            context={"import": run.pk, "row": 212},
            at=now - timedelta(days=9),
        )


def test_the_page_of_a_person(page_as: PageAs, team_lead, maier, shot, assert_accessible) -> None:
    page = page_as(team_lead)
    page.goto(f"/ansprechpartner/{maier.public_id}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dr. Johannes Maier")
    shot(page, "person", whole=False)
    shot(page, "person-ganz")
    assert_accessible(page)


def test_the_page_of_a_company(
    page_as: PageAs, team_lead, havelberg, maier, shot, assert_accessible
) -> None:
    page = page_as(team_lead)
    page.goto(f"/firmen/{havelberg.public_id}/")
    shot(page, "firma", whole=False)
    assert_accessible(page)
