"""How a value is understood is told while it is typed; nothing is written."""

import pytest
from django.urls import reverse


@pytest.fixture
def read(sales_client):
    def read(what: str, name: str, text: str, **more: str):
        headers = {"hx-request": "true", "hx-trigger-name": name, "hx-trigger": f"form-{name}"}
        url = reverse("record-check", args=[what])
        return sales_client.post(url, {name: text, **more}, headers=headers)

    return read


@pytest.mark.parametrize(
    ("what", "name", "text", "said"),
    [
        ("contact-point", "value", "0171/39200-12", "Mobilnummer 0171 3920012"),
        ("contact-point", "phone", "0431/23125-10", "gelesen als 0431 2312510"),
        ("contact-point", "value", "12", "12"),
        ("birth-date", "birth_date", "14.2.71", "gelesen als 14.02.1971"),
        ("birth-date", "birth_date", "31.02.1971", "kann kein Geburtsdatum sein"),
        ("company-name", "name", "Hansen GmbH & Co.KG", "Rechtsform GmbH &amp; Co. KG"),
        ("vat-id", "vat_id", "DE 136695976", "gelesen als DE136695976"),
    ],
)
def test_readings(read, what, name, text, said) -> None:
    answer = read(what, name, text)
    assert answer.status_code == 200
    assert said in answer.text


def test_what_is_read_as_it_stands_says_nothing(read) -> None:
    assert read("contact-point", "email", "a@b.example").text.strip() == ""
    assert read("contact-point", "email", "").text.strip() == ""
    assert read("birth-date", "birth_date", "14.02.1971").text.strip() == ""


def test_a_proposal_can_be_taken_over(read) -> None:
    answer = read("postal-code", "postal_code", "1067", country="DE")
    assert 'data-fill="postal_code" data-value="01067"' in answer.text


def test_the_place_of_a_postal_code_is_proposed(read, maier) -> None:
    answer = read("postal-code", "postal_code", "10997", country="DE")
    assert 'data-fill="city" data-value="Berlin"' in answer.text
    assert read("postal-code", "postal_code", "10997", city="Berlin").text.strip() == ""
    other = read("postal-code", "postal_code", "10997", city="Bonn")
    assert 'data-value="Berlin"' in other.text


def test_a_name_is_shown_in_its_parts(read) -> None:
    answer = read("person-name", "name", "Frau Dr. Anna von der Heide")
    assert 'name="parts_of" value="Frau Dr. Anna von der Heide"' in answer.text
    for name, value in {"title": "Dr.", "particle": "von der", "surname": "Heide"}.items():
        assert f'name="{name}" value="{value}"' in answer.text
    assert '<option value="FRAU" selected>' in answer.text
    chosen = read("person-name", "name", "Anna Heide", salutation="DIVERS")
    assert '<option value="DIVERS" selected>' in chosen.text


def test_an_unknown_check_is_not_found(read) -> None:
    assert read("alles", "name", "x").status_code == 404
