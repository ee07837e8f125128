"""The check at entry on screen: who looks like what is typed, and what to do about it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contacts import contact_points, writing
from contacts.models import Company, PairDecision, Person
from crm.accounts.models import RoleCode
from crm.kernel.models import AuditEntry

NEW = "/ansprechpartner/neu/"
CHECK = "/ansprechpartner/neu/aehnliche/"
TYPED = {
    "name": "Hans Mayer",
    "email": "J.Maier@havelberg.example",
    "phone": "030/23125-101",
    "mobile": "0170 1234567",
    "street": "",
    "postal_code": "",
    "city": "",
    "country": "DE",
    "confirmed": "on",
}


def marker_of(text: str) -> str:
    return text.partition('name="gesehen" value="')[2].partition('"')[0]


class TestTheNewPerson:
    def test_suspects_with_strength_and_reasons(self, sales_client: Client, maier: Person) -> None:
        told = sales_client.post(CHECK, TYPED).text
        assert "Dr. Johannes Maier</h3>" in told
        assert "Leiter Technik, Havelberg Anlagenbau GmbH · 10997 Berlin" in told
        assert "sehr wahrscheinlich" in told
        assert "Dafür: " in told
        assert "E-Mail gleich" in told
        assert f'href="/ansprechpartner/{maier.public_id}/"' in told
        assert 'data-announce="Ein ähnlicher Eintrag: Dr. Johannes Maier, sehr wahr' in told

    def test_nothing_alike(self, sales_client: Client, maier: Person) -> None:
        told = sales_client.post(CHECK, {"name": "Ulrike Ostwald"}).text
        assert "Bisher nichts Ähnliches im Bestand." in told
        assert "data-announce" not in told
        assert "Was im Bestand ähnlich ist" in sales_client.get(NEW).text

    def test_what_is_shown_already_is_not_sent_again(
        self, sales_client: Client, maier: Person
    ) -> None:
        seen = {"gesehen": marker_of(sales_client.post(CHECK, TYPED).text)}
        same = sales_client.post(CHECK, {**TYPED, **seen})
        assert (same.status_code, same.content) == (204, b"")
        weaker = sales_client.post(CHECK, {**TYPED, "phone": "", **seen})
        assert "Dr. Johannes Maier</h3>" in weaker.text
        assert "data-announce" not in weaker.text
        gone = sales_client.post(CHECK, {"name": "Ulrike", **seen})
        assert 'data-announce="Kein ähnlicher Eintrag mehr."' in gone.text

    def test_it_is_not_written_and_not_logged(self, sales_client: Client, maier: Person) -> None:
        before = AuditEntry.objects.count()
        sales_client.post(CHECK, {**TYPED, "anders": str(maier.public_id)})
        assert AuditEntry.objects.count() == before
        assert not PairDecision.objects.exists()
        assert Person.objects.count() == 1

    def test_what_the_search_handed_over_is_looked_at_at_once(
        self, sales_client: Client, maier: Person
    ) -> None:
        page = sales_client.get(f"{NEW}?name=Hans+Mayer&email=j.maier@havelberg.example")
        assert "Dr. Johannes Maier</h3>" in page.text

    def test_a_name_whose_parts_were_mended(self, sales_client: Client, maier: Person) -> None:
        parts = {"parts_of": "Ulrike Ostwald", "given_name": "Hans", "surname": "Mayer"}
        asked = {**TYPED, "name": "Ulrike Ostwald", "email": ""}
        assert "Maier</h3>" not in sales_client.post(CHECK, asked).text
        assert "Maier</h3>" in sales_client.post(CHECK, {**asked, **parts}).text

    @pytest.mark.parametrize(
        "typed",
        [
            {},
            {"name": "\u0000", "phone": "٣", "postal_code": "²", "gesehen": "x", "apart": "y"},
            {"name": "x" * 5000, "email": "@" * 500, "company_choice": "0", "anders": "1"},
        ],
        ids=["nothing", "odd", "long"],
    )
    def test_bad_input(self, sales_client: Client, maier: Person, typed: dict[str, str]) -> None:
        for url in (CHECK, "/firmen/neu/aehnliche/"):
            assert sales_client.post(url, typed).status_code in (200, 204, 400)


class TestSomebodyElse:
    def test_it_is_kept_with_the_new_record(
        self, sales_client: Client, sales: Any, maier: Person
    ) -> None:
        key = str(maier.public_id)
        told = sales_client.post(CHECK, {**TYPED, "anders": key}).text
        assert "<b>Dr. Johannes Maier</b> ist jemand anderes." in told
        assert f'name="apart" value="{key}"' in told
        assert "</h3>" not in told

        sales_client.post(NEW, {**TYPED, "apart": key})

        new = Person.objects.get(surname="Mayer")
        decision = PairDecision.objects.get()
        assert (decision.first_person, decision.second_person) == (maier, new)
        assert (decision.verdict, decision.decided_by) == ("DIFFERENT", sales)

    def test_it_can_be_taken_back(self, sales_client: Client, maier: Person) -> None:
        key = str(maier.public_id)
        told = sales_client.post(CHECK, {**TYPED, "apart": key, "doch": key}).text
        assert "Dr. Johannes Maier</h3>" in told
        assert "jemand anderes." not in told

    def test_a_refused_form_keeps_it(self, sales_client: Client, maier: Person) -> None:
        key = str(maier.public_id)
        refused = sales_client.post(NEW, {**TYPED, "phone": "0431 2o", "apart": key})
        assert refused.status_code == 422
        assert f'name="apart" value="{key}"' in refused.text
        assert not PairDecision.objects.exists()

    def test_without_script(self, sales_client: Client, maier: Person) -> None:
        key = str(maier.public_id)
        page = sales_client.post(NEW, {**TYPED, "pruefen": "1"})
        assert (page.status_code, Person.objects.count()) == (200, 1)
        assert "Dr. Johannes Maier</h3>" in page.text
        page = sales_client.post(NEW, {**TYPED, "anders": key})
        assert (page.status_code, Person.objects.count()) == (200, 1)
        assert f'name="apart" value="{key}"' in page.text


class TestAddingThere:
    def test_what_is_missing_goes_there_and_the_rest_is_told(
        self, sales_client: Client, maier: Person
    ) -> None:
        done = sales_client.post(NEW, {**TYPED, "ergaenzen": str(maier.public_id)})
        assert done.headers["Location"] == f"/ansprechpartner/{maier.public_id}/"
        assert Person.objects.get() == maier
        assert maier.contact_points.filter(contact_point__kind="MOBILE").count() == 1
        page = sales_client.get(done.headers["Location"]).text
        assert "„Dr. Johannes Maier“ ist ergänzt: Mobil 0170 1234567." in page
        assert (
            "Nicht übernommen: Vorname „Hans“, dort steht „Johannes“; "
            "Nachname „Mayer“, dort steht „Maier“." in page
        )

    def test_errors_stand_in_the_form(self, sales_client: Client, maier: Person) -> None:
        typed = {**TYPED, "phone": "0431 2o", "ergaenzen": str(maier.public_id)}
        refused = sales_client.post(NEW, typed)
        assert refused.status_code == 422
        assert 'id="person-phone_error"' in refused.text
        assert not maier.contact_points.filter(contact_point__kind="MOBILE").exists()

    def test_a_company(
        self, sales_client: Client, havelberg: Company, admin: Any, source: Any, at: Any
    ) -> None:
        contact_points.add(
            actor=admin, record=havelberg, kind="PHONE", value="030 23125 0", source=source, at=at
        )
        typed = {
            "name": "Havelberg Anlagen-Bau GmbH",
            "phone": "030/23125-0",
            "vat_id": "DE136695976",
            "country": "DE",
        }
        told = sales_client.post("/firmen/neu/aehnliche/", typed).text
        assert "Havelberg Anlagenbau GmbH</h3>" in told
        typed["ergaenzen"] = str(havelberg.public_id)
        done = sales_client.post("/firmen/neu/", typed)
        assert done.headers["Location"] == f"/firmen/{havelberg.public_id}/"
        assert Company.objects.get().vat_id == "DE136695976"


class TestEditing:
    @pytest.fixture
    def mayer(self, make_person: Callable[..., Person], team: Any) -> Person:
        return make_person("Hans", "Mayer", team=team)

    def url(self, record: Person, part: str) -> str:
        return reverse("record-suspects", args=["ansprechpartner", record.public_id, part])

    @pytest.mark.parametrize(
        ("part", "fields"),
        [
            ("weg", {"kind": "EMAIL", "value": "j.maier@havelberg.example"}),
            ("stammdaten", {"given_name": "J.", "surname": "Maier", "birth_date": "14.02.71"}),
            ("anschrift", {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}),
        ],
    )
    def test_each_form(
        self, sales_client: Client, maier: Person, mayer: Person, part: str, fields: dict[str, str]
    ) -> None:
        Person.objects.filter(pk=maier.pk).update(birth_date=date(1971, 2, 14))
        writing.reindex(maier)
        assert "</h3>" not in sales_client.post(self.url(mayer, "weg"), {}).text
        told = sales_client.post(self.url(mayer, part), fields).text
        assert "Dr. Johannes Maier</h3>" in told
        assert "Hans Mayer</h3>" not in told
        assert "ergaenzen" not in told

    def test_somebody_else_is_decided_at_once(
        self, sales_client: Client, maier: Person, mayer: Person, hx: dict[str, str]
    ) -> None:
        fields = {"kind": "EMAIL", "value": "j.maier@havelberg.example"}
        url, key = self.url(mayer, "weg"), str(maier.public_id)
        told = sales_client.post(url, {**fields, "anders": key}, headers=hx).text
        assert "</h3>" not in told
        assert "„Hans Mayer“ und „Dr. Johannes Maier“ sind verschieden." in told
        assert PairDecision.objects.get().verdict == "DIFFERENT"

    def test_parts_that_do_not_exist(self, sales_client: Client, mayer: Person) -> None:
        assert sales_client.post(self.url(mayer, "rolle"), {}).status_code == 404
        assert sales_client.post(self.url(mayer, "weg"), {"anders": "x"}).status_code == 404
        assert sales_client.post(f"{self.url(mayer, 'weg')}?pk=²", {}).status_code == 200


class TestHidden:
    @pytest.fixture
    def stranger(self, client: Client, make_user: Any, other_team: Any) -> Client:
        client.force_login(make_user(RoleCode.SALES, teams=[other_team]))
        return client

    def test_only_that_there_is_one_and_whom_to_ask(
        self, stranger: Client, team_lead: Any, maier: Person
    ) -> None:
        told = stranger.post(CHECK, TYPED).text
        sentence = (
            "Es gibt einen ähnlichen Eintrag, den Sie nicht sehen dürfen. "
            f"Fragen Sie {team_lead.full_name}."
        )
        assert told.count(sentence) == 2
        assert f'data-announce="{sentence}"' in told
        for secret in ("Maier", "Johannes", "Havelberg", "Dafür", "wahrscheinlich", "Speicher"):
            assert secret not in told
        assert str(maier.public_id) not in told

    def test_it_is_no_door(self, stranger: Client, maier: Person) -> None:
        key = str(maier.public_id)
        told = stranger.post(CHECK, {**TYPED, "anders": key}).text
        assert key not in told
        assert stranger.post(NEW, {**TYPED, "ergaenzen": key}).status_code == 404
        stranger.post(NEW, {**TYPED, "apart": key})
        assert Person.objects.filter(surname="Mayer").count() == 1
        assert not PairDecision.objects.exists()
        assert not maier.contact_points.filter(contact_point__kind="MOBILE").exists()


def test_the_budget_of_queries(
    sales_client: Client, maier: Person, django_assert_max_num_queries: Any
) -> None:
    sales_client.post(CHECK, TYPED)
    with django_assert_max_num_queries(16):
        assert "Dr. Johannes Maier</h3>" in sales_client.post(CHECK, TYPED).text
