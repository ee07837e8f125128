"""The pages of a person and of a company, seen by those who may."""

from django.urls import reverse


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
