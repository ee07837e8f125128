"""Contact points, addresses, roles, answers, numbers, owner: each edited in its row."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from contacts.models import (
    Address,
    Company,
    ContactPointHolder,
    CriterionValue,
    Employment,
    ExternalId,
)
from contacts.models.source import SourceKind
from crm.kernel import clock
from crm.kernel.models import AuditEntry


def url(name: str, record, *args) -> str:
    kind = "firmen" if isinstance(record, Company) else "ansprechpartner"
    return reverse(name, args=[kind, record.public_id, *args])


def undo_of(response) -> str:
    """The address that the message's button posts to."""
    found = re.search(r'data-toast.*?action="([^"]+)"', response.text, re.S)
    assert found
    return found[1].replace("&amp;", "&")


@pytest.fixture
def phone(maier) -> ContactPointHolder:
    return maier.contact_points.get(contact_point__kind="PHONE")


@pytest.fixture
def email(maier) -> ContactPointHolder:
    return maier.contact_points.get(contact_point__kind="EMAIL")


def test_a_contact_point_is_added_as_it_is_understood(sales_client, maier, hx) -> None:
    typed = {"kind": "PHONE", "value": "0171/39200-12", "purpose": "BUSINESS", "confirmed": "on"}
    added = sales_client.post(url("record-point-new", maier), typed, headers=hx)
    holder = maier.contact_points.latest("pk")
    assert (holder.contact_point.kind, holder.contact_point.normalised) == (
        "MOBILE",
        "+491713920012",
    )
    assert holder.confirmed_on == clock.now().date()
    assert holder.source.kind == SourceKind.MANUAL
    assert 'hx-swap-oob="beforeend:#wege"' in added.text
    assert f'id="weg-{holder.pk}"' in added.text


def test_a_contact_point_that_cannot_be_read(sales_client, maier, hx) -> None:
    typed = {"kind": "EMAIL", "value": "j.maier@"}
    refused = sales_client.post(url("record-point-new", maier), typed, headers=hx)
    assert refused.status_code == 422
    assert 'value="j.maier@"' in refused.text
    assert maier.contact_points.count() == 2


def test_a_number_is_corrected_in_its_row(sales_client, maier, phone, hx) -> None:
    typed = {"value": "030 23125 102", "label": "Durchwahl", "is_preferred": "on"}
    saved = sales_client.post(url("record-point", maier, phone.pk), typed, headers=hx)
    assert saved.status_code == 200
    phone.refresh_from_db()
    assert phone.contact_point.normalised == "+493023125102"
    assert (phone.label, phone.is_preferred, phone.confirmed_on) == ("Durchwahl", True, None)
    assert AuditEntry.objects.filter(action="contact-point.corrected").count() == 1


def test_only_what_was_changed_is_written(sales_client, maier, phone, hx) -> None:
    form = sales_client.get(url("record-point", maier, phone.pk), headers=hx)
    base = re.search(r'name="base" value="([^"]+)"', form.text)[1].replace("&quot;", '"')
    ContactPointHolder.objects.filter(pk=phone.pk).update(label="Büro")
    typed = {"value": phone.contact_point.display, "purpose": "PRIVATE", "label": "", "base": base}
    sales_client.post(url("record-point", maier, phone.pk), typed, headers=hx)
    phone.refresh_from_db()
    assert (phone.purpose, phone.label) == ("PRIVATE", "Büro")
    typed |= {"label": "Werk"}
    refused = sales_client.post(url("record-point", maier, phone.pk), typed, headers=hx)
    assert refused.status_code == 422
    assert "Dort steht inzwischen „Büro“." in refused.text


def test_one_click_confirms(sales_client, maier, email, hx) -> None:
    done = sales_client.post(url("record-point-confirm", maier, email.pk), headers=hx)
    email.refresh_from_db()
    assert email.confirmed_on == clock.now().date()
    assert f'id="weg-{email.pk}"' in done.text
    address = maier.addresses.get()
    sales_client.post(url("record-place-confirm", maier, address.pk), headers=hx)
    role = maier.employments.get()
    sales_client.post(url("record-role-confirm", maier, role.pk), headers=hx)
    for datum in (address, role):
        datum.refresh_from_db()
        assert datum.confirmed_on == clock.now().date()


def test_everything_is_confirmed_at_once(sales_client, maier, hx, again) -> None:
    sales_client.post(url("record-confirm", maier), headers=hx)
    today = clock.now().date()
    assert again(maier).confirmed_on == today
    assert {holder.confirmed_on for holder in maier.contact_points.all()} == {today}


def test_how_it_was_verified(sales_client, maier, email, hx) -> None:
    page = url("record-point-verify", maier, email.pk)
    assert "Antwort erhalten" in sales_client.get(page, headers=hx).text
    assert sales_client.post(page, {}, headers=hx).status_code == 422
    sales_client.post(page, {"how": "REPLY"}, headers=hx)
    email.refresh_from_db()
    assert (email.verified_how, email.verified_on) == ("REPLY", clock.now().date())


def test_a_status_can_be_taken_back(sales_client, maier, email, hx) -> None:
    page = url("record-point-status", maier, email.pk)
    done = sales_client.post(page, {"status": "BOUNCED"}, headers=hx)
    email.refresh_from_db()
    assert email.status == "BOUNCED"
    sales_client.post(undo_of(done))
    email.refresh_from_db()
    assert email.status == "ACTIVE"
    assert sales_client.post(page, {"status": "WEG"}, headers=hx).status_code == 422


def test_preferring_and_no_longer(sales_client, maier, email, hx) -> None:
    for expected in (True, False):
        sales_client.post(url("record-point-prefer", maier, email.pk), headers=hx)
        email.refresh_from_db()
        assert email.is_preferred is expected


def test_a_removed_contact_point_comes_back(sales_client, maier, email, hx) -> None:
    away = sales_client.post(url("record-point-away", maier, email.pk), headers=hx)
    assert f'<div id="weg-{email.pk}" data-renew hx-swap-oob="delete">' in away.text
    assert maier.contact_points.count() == 1
    back = sales_client.post(undo_of(away))
    assert back.status_code == 303
    assert maier.contact_points.filter(contact_point=email.contact_point).exists()


def test_a_forged_way_back_leads_nowhere(sales_client, maier, email, hx, make_person, team) -> None:
    away = sales_client.post(url("record-point-away", maier, email.pk), headers=hx)
    token = parse_qs(urlsplit(undo_of(away)).query)["was"][0]
    other = make_person("Anna", "Abel", team=team)
    page = url("record-point-back", other)
    assert sales_client.post(f"{page}?was={token}").status_code == 404
    assert sales_client.post(f"{page}?was={token}x").status_code == 409
    assert not other.contact_points.exists()


def test_an_address_is_added_with_its_house_number_apart(sales_client, maier, hx) -> None:
    typed = {
        "kind": "PRIVATE",
        "street": "Lange Str. 12 a",
        "postal_code": "24103",
        "city": "Kiel",
        "country": "DE",
    }
    sales_client.post(url("record-place-new", maier), typed, headers=hx)
    address = maier.addresses.get(kind="PRIVATE")
    assert (address.street, address.house_number) == ("Lange Str.", "12a")
    refused = sales_client.post(
        url("record-place-new", maier), {**typed, "postal_code": "1067"}, headers=hx
    )
    assert "Meinen Sie 01067?" in refused.text


def test_an_address_is_corrected(sales_client, maier, hx) -> None:
    address = maier.addresses.get()
    page = url("record-place", maier, address.pk)
    assert 'value="Am Speicher 14"' in sales_client.get(page, headers=hx).text
    typed = {
        "kind": "BUSINESS",
        "street": "Am Speicher 15",
        "postal_code": "10997",
        "city": "Berlin",
        "country": "DE",
    }
    assert sales_client.post(page, typed, headers=hx).status_code == 200
    address.refresh_from_db()
    assert str(address) == "Am Speicher 15, 10997 Berlin"
    assert Address.objects.count() == 1


def test_a_move_keeps_the_old_address(sales_client, maier, hx) -> None:
    address = maier.addresses.get()
    day = clock.now().date() - timedelta(days=10)
    typed = {
        "kind": "BUSINESS",
        "street": "Kaistraße 1",
        "postal_code": "24103",
        "city": "Kiel",
        "country": "DE",
        "moved_on": day.isoformat(),
    }
    sales_client.post(url("record-place", maier, address.pk), typed, headers=hx)
    address.refresh_from_db()
    assert address.valid_to == day - timedelta(days=1)
    new = maier.addresses.get(valid_to=None)
    assert (str(new), new.valid_from) == ("Kaistraße 1, 24103 Kiel", day)


def test_an_address_ends_and_comes_back(sales_client, maier, hx) -> None:
    address = maier.addresses.get()
    done = sales_client.post(url("record-place-end", maier, address.pk), headers=hx)
    address.refresh_from_db()
    assert address.valid_to == clock.now().date() - timedelta(days=1)
    sales_client.post(undo_of(done))
    address.refresh_from_db()
    assert address.valid_to is None


def test_a_role_at_a_company_that_is_chosen(sales_client, maier, hx, admin, source, team, at):
    from contacts import companies

    known = {"actor": admin, "source": source, "team": team, "at": at}
    companies.create(values={"name": "Brandt & Söhne KG"}, **known)
    second = companies.create(values={"name": "Brandt Logistik GmbH"}, **known)
    page = url("record-role-new", maier)
    asked = sales_client.post(page, {"company": "Brandt", "function": "Beirat"}, headers=hx)
    assert asked.status_code == 422
    assert "Bitte wählen Sie die Firma aus oder legen Sie sie neu an." in asked.text
    assert str(second.public_id) in asked.text
    typed = {"company": "Brandt", "function": "Beirat", "company_choice": str(second.public_id)}
    added = sales_client.post(page, typed, headers=hx)
    assert added.status_code == 200
    role = maier.employments.get(company=second)
    assert (role.function, role.is_primary) == ("Beirat", False)


def test_a_role_at_a_new_company(sales_client, maier, hx) -> None:
    page = url("record-role-new", maier)
    typed = {"company": "Nordwind Energie AG", "company_choice": "new", "function": "Beirat"}
    assert sales_client.post(page, typed, headers=hx).status_code == 200
    company = Company.objects.get(name="Nordwind Energie")
    assert company.legal_form == "AG"
    assert maier.employments.filter(company=company).exists()


def test_a_company_one_may_not_see_cannot_be_chosen(
    sales_client, maier, hx, admin, source, other_team, at
) -> None:
    from contacts import companies

    hidden = companies.create(
        actor=admin, values={"name": "Geheim AG"}, source=source, team=other_team, at=at
    )
    typed = {"company": "Geheim", "company_choice": str(hidden.public_id)}
    refused = sales_client.post(url("record-role-new", maier), typed, headers=hx)
    assert refused.status_code == 422
    assert "Geheim AG" not in refused.text
    assert Employment.objects.count() == 1


def test_a_role_is_edited_and_ends(sales_client, maier, hx) -> None:
    role = maier.employments.get()
    typed = {"function": "Geschäftsführer", "started_on": "2019-03-01", "is_primary": "on"}
    sales_client.post(url("record-role", maier, role.pk), typed, headers=hx)
    role.refresh_from_db()
    assert (role.function, role.started_on.isoformat()) == ("Geschäftsführer", "2019-03-01")
    done = sales_client.post(url("record-role-end", maier, role.pk), headers=hx)
    role.refresh_from_db()
    assert (role.ended_on, role.is_primary) == (clock.now().date() - timedelta(days=1), False)
    sales_client.post(undo_of(done))
    role.refresh_from_db()
    assert (role.ended_on, role.is_primary) == (None, True)


def test_an_answer_is_given_and_taken_back(sales_client, maier, budget, hx) -> None:
    page = url("record-answer", maier, budget.code)
    given = sales_client.post(page, {"value": "März"}, headers=hx)
    assert f'id="antwort-{budget.code}"' in given.text
    assert 'id="antworten-zahl" data-renew hx-swap-oob="true">1 von 1 gefüllt' in given.text
    sales_client.post(page, {"value": "Mai"}, headers=hx)
    shown = sales_client.get(reverse("person-detail", args=[maier.public_id])).text
    assert "Früher" in shown
    assert "März" in shown
    sales_client.post(page, {"value": ""}, headers=hx)
    assert [row.value for row in CriterionValue.objects.order_by("pk")] == ["März", "Mai", None]


@pytest.mark.parametrize(
    ("kind", "choices", "typed", "stored"),
    [
        ("BOOLEAN", [], "nein", False),
        ("NUMBER", [], "6.400,5", 6400.5),
        ("DATE", [], "2026-06-30", "2026-06-30"),
        ("CHOICE", ["Einkauf", "Technik"], "technik", "technik"),
        ("CHOICES", ["Einkauf", "Technik"], ["einkauf", "technik"], ["einkauf", "technik"]),
    ],
)
def test_every_type_of_question(sales_client, maier, admin, at, hx, kind, choices, typed, stored):
    from contacts import criteria

    question = criteria.create(
        actor=admin, label="Frage", subject="PERSON", type=kind, choices=choices, at=at
    )
    page = url("record-answer", maier, question.code)
    assert sales_client.post(page, {"value": typed}, headers=hx).status_code == 200
    assert CriterionValue.objects.get().value == stored
    assert 'aria-invalid="true"' not in sales_client.get(page, headers=hx).text


def test_what_tells_too_much_is_locked(sales_client, maier, admin, at, hx) -> None:
    from contacts import criteria

    question = criteria.create(
        actor=admin,
        label="Lieblingsverein",
        subject="PERSON",
        type="TEXT",
        sensitivity="PERSONALITY",
        at=at,
    )
    shown = sales_client.get(reverse("person-detail", args=[maier.public_id])).text
    assert "gesperrt" in shown
    page = url("record-answer", maier, question.code)
    assert page not in shown
    refused = sales_client.post(page, {"value": "Holstein"}, headers=hx)
    assert refused.status_code == 422
    assert "Kein veröffentlichter Einwilligungstext nennt" in refused.text
    assert not CriterionValue.objects.exists()


def test_numbers_in_other_systems(sales_client, maier, hx) -> None:
    page = url("record-number-new", maier)
    sales_client.post(page, {"system": "ERP", "value": "P-4711"}, headers=hx)
    number = ExternalId.objects.get()
    twice = sales_client.post(page, {"system": "ERP", "value": "P-4711"}, headers=hx)
    assert twice.status_code == 422
    away = sales_client.post(url("record-number-away", maier, number.pk), headers=hx)
    assert not ExternalId.objects.exists()
    sales_client.post(undo_of(away))
    assert ExternalId.objects.get().value == "P-4711"


def test_a_part_of_another_record_is_not_found(sales_client, maier, make_person, team, hx) -> None:
    other = make_person("Anna", "Abel", team=team)
    pk = maier.contact_points.first().pk
    for name in ("record-point-confirm", "record-point-away", "record-point-prefer"):
        assert sales_client.post(url(name, other, pk), headers=hx).status_code == 404
    place = maier.addresses.get().pk
    assert sales_client.post(url("record-place-end", other, place), headers=hx).status_code == 404
    role = maier.employments.get().pk
    assert sales_client.post(url("record-role-end", other, role), headers=hx).status_code == 404
