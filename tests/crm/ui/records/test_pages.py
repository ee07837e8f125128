"""The pages of a person and of a company, seen by those who may."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts import contact_points, criteria, employments, merging, qualification, sources


def test_a_person_with_everything(sales_client, maier, budget) -> None:
    page = sales_client.get(reverse("person-detail", args=[maier.public_id]))
    assert page.status_code == 200
    for text in (
        "Dr. Johannes Maier",
        "Leiter Technik",
        "j.maier@havelberg.example",
        "nie bestätigt",
        "älter als 2 Jahre",
        "Am Speicher 14",
        "Budgetmonat",
        "nicht bekannt",
        "100 % vollständig",
        "Kontaktweg hinzugefügt",
    ):
        assert text in page.text


def test_a_company(sales_client, havelberg, maier) -> None:
    page = sales_client.get(reverse("company-detail", args=[havelberg.public_id]))
    assert page.status_code == 200
    assert "Havelberg Anlagenbau GmbH" in page.text
    assert str(maier.public_id) in page.text


def test_data_whose_licence_has_run_out_say_so(sales_client, maier, admin, at) -> None:
    supplier = sources.create(
        actor=admin,
        kind="SUPPLIER",
        name="Lieferung 03/2020",
        licence="einmalig",
        use_until=date(2020, 3, 31),
        at=at,
    )
    contact_points.add(
        actor=admin, record=maier, kind="FAX", value="030 23125 109", source=supplier, at=at
    )
    page = sales_client.get(reverse("person-detail", args=[maier.public_id]))
    assert "Nutzung abgelaufen" in page.text
    assert "Nutzung abgelaufen am 31.03.2020" in page.text


@pytest.mark.parametrize("copies", [1, 5])
def test_the_page_costs_the_same_however_much_there_is(
    sales_client, maier, havelberg, admin, source, at, make_person, team, copies
) -> None:
    known = {"actor": admin, "source": source, "at": at}
    for n in range(copies):
        contact_points.add(record=maier, kind="PHONE", value=f"030 23125 2{n:02}", **known)
        colleague = make_person("Anna", f"Abel{n}", team=team)
        employments.add(person=colleague, company=havelberg, values={}, **known)
        question = criteria.create(
            actor=admin, label=f"Frage {n}", subject="PERSON", type="TEXT", at=at
        )
        for value in ("x", "y"):
            qualification.set_value(
                actor=admin, record=maier, criterion=question, value=value, source=source, at=at
            )
    sales_client.get(reverse("person-detail", args=[maier.public_id]))
    with CaptureQueriesContext(connection) as person_page:
        sales_client.get(reverse("person-detail", args=[maier.public_id]))
    with CaptureQueriesContext(connection) as company_page:
        sales_client.get(reverse("company-detail", args=[havelberg.public_id]))
    assert (len(person_page), len(company_page)) == (40, 29)


def test_the_history_alone_for_htmx(sales_client, maier, hx) -> None:
    url = reverse("person-detail", args=[maier.public_id])
    part = sales_client.get(url, {"art": "reach"}, headers=hx)
    assert part.text.startswith('<section class="line" id="verlauf"')
    assert part.text.count("<article") == 3
    assert sales_client.get(url, {"art": "unsinn", "vor": "x"}).status_code == 200


@pytest.mark.parametrize("is_seen", [True, False])
def test_the_history_tells_of_a_merged_record_if_it_may_be_seen(
    sales_client, maier, admin, at, make_person, team, other_team, is_seen
) -> None:
    mayer = make_person("Johannes", "Mayer", team=team if is_seen else other_team)
    merging.merge(actor=admin, survivor=maier, others=[mayer], at=at)
    page = sales_client.get(reverse("person-detail", args=[maier.public_id])).text
    assert ("an „Johannes Mayer“, inzwischen hier aufgegangen" in page) == is_seen
