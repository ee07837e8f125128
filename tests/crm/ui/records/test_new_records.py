"""Quick add: one form, one transaction, errors beside their fields."""

from django.urls import reverse

from contacts.models import Company, Person

PERSON = {
    "name": "Frau Dr. Anna von der Heide",
    "company": "Nordwind Energie AG",
    "company_choice": "new",
    "function": "Leiterin Einkauf",
    "email": "A.Heide@nordwind.example",
    "phone": "0431/23125-10",
    "mobile": "",
    "street": "Kaistraße 1",
    "postal_code": "24103",
    "city": "Kiel",
    "country": "DE",
    "confirmed": "on",
}


def test_a_person_from_one_line(sales_client, sales) -> None:
    done = sales_client.post(reverse("person-new"), PERSON)
    person = Person.objects.get()
    assert done.headers["Location"] == reverse("person-detail", args=[person.public_id])
    assert (person.salutation, person.title, person.given_name, person.particle) == (
        "FRAU",
        "Dr.",
        "Anna",
        "von der",
    )
    assert (person.surname, person.owner, person.completeness) == ("Heide", sales, 100)
    assert str(person.employments.get()) == "Leiterin Einkauf, Nordwind Energie AG"
    assert {p.contact_point.normalised for p in person.contact_points.all()} == {
        "a.heide@nordwind.example",
        "+494312312510",
    }
    assert str(person.addresses.get()) == "Kaistraße 1, 24103 Kiel"
    assert person.confirmed_on is not None


def test_parts_that_were_mended_are_taken(sales_client) -> None:
    parts = {"parts_of": PERSON["name"], "given_name": "Anna Maria", "surname": "Heide-Voß"}
    sales_client.post(reverse("person-new"), {**PERSON, **parts, "salutation": "FRAU"})
    person = Person.objects.get()
    assert person.full_name == "Anna Maria Heide-Voß"


def test_parts_of_an_older_name_are_not_taken(sales_client) -> None:
    parts = {"parts_of": "Frau Dr. Ann", "given_name": "", "surname": "Ann"}
    sales_client.post(reverse("person-new"), {**PERSON, **parts})
    assert Person.objects.get().full_name == "Dr. Anna von der Heide"


def test_the_parts_alone_are_enough(sales_client) -> None:
    typed = {"name": "", "given_name": "Anna", "surname": "Heide", "country": "DE"}
    sales_client.post(reverse("person-new"), typed)
    assert Person.objects.get().full_name == "Anna Heide"


def test_without_any_name(sales_client) -> None:
    refused = sales_client.post(reverse("person-new"), {"name": " ", "country": "DE"})
    assert refused.status_code == 422
    assert "Bitte geben Sie einen Namen an." in refused.text


def test_errors_are_told_together_and_nothing_is_written(sales_client, hx) -> None:
    typed = {**PERSON, "email": "a.heide@", "postal_code": "2410", "phone": "0431 2o"}
    refused = sales_client.post(reverse("person-new"), typed, headers=hx)
    assert refused.status_code == 422
    for field in ("email", "postal_code", "phone"):
        assert f'id="person-{field}_error"' in refused.text
    assert 'value="Leiterin Einkauf"' in refused.text
    assert 'name="surname" value="Heide"' in refused.text
    assert not Person.objects.exists()
    assert not Company.objects.exists()


def test_a_function_needs_a_company(sales_client) -> None:
    refused = sales_client.post(
        reverse("person-new"), {"name": "Anna Heide", "function": "Einkauf", "country": "DE"}
    )
    assert refused.status_code == 422
    assert "Bei welcher Firma hat die Person diese Funktion?" in refused.text


def test_another_one_after_this(sales_client, havelberg) -> None:
    url = reverse("person-new") + f"?firma={havelberg.public_id}"
    form = sales_client.get(url)
    assert 'value="Havelberg Anlagenbau GmbH"' in form.text
    typed = {
        "name": "Anna Heide",
        "company": "Havelberg Anlagenbau GmbH",
        "company_choice": str(havelberg.public_id),
        "country": "DE",
        "weiteres": "1",
    }
    done = sales_client.post(url, typed)
    assert done.headers["Location"] == url
    assert Person.objects.get().employments.get().company == havelberg


def test_a_name_alone_is_enough(sales_client) -> None:
    sales_client.post(reverse("person-new"), {"name": "Maier, Johannes", "country": "DE"})
    person = Person.objects.get()
    assert (person.full_name, person.confirmed_on) == ("Johannes Maier", None)
    assert person.source.name == "Von Hand erfasst"


def test_a_company(sales_client) -> None:
    typed = {
        "name": "Hansen Möbelwerke GmbH & Co.KG",
        "phone": "0431 23125 0",
        "email": "info@hansen.example",
        "street": "Kaistraße 1",
        "postal_code": "24103",
        "city": "Kiel",
        "country": "DE",
        "vat_id": "DE 136695976",
        "confirmed": "on",
    }
    done = sales_client.post(reverse("company-new"), typed)
    company = Company.objects.get()
    assert done.headers["Location"] == reverse("company-detail", args=[company.public_id])
    assert (company.full_name, company.vat_id) == (
        "Hansen Möbelwerke GmbH & Co. KG",
        "DE136695976",
    )
    assert company.contact_points.count() == 2


def test_a_company_with_a_number_that_is_taken(sales_client, admin, source, at) -> None:
    from contacts import companies

    values = {"name": "Havelberg", "erp_number": "K-1"}
    companies.create(actor=admin, values=values, source=source, at=at)
    typed = {"name": "Hansen", "erp_number": "K-1", "country": "DE"}
    refused = sales_client.post(reverse("company-new"), typed)
    assert refused.status_code == 422
    assert "hat schon eine andere Firma" in refused.text
