"""The own account: three forms on one page."""

import re

import pytest
from django.core import mail
from django.test import Client

from crm.accounts.models import User
from crm.kernel.models import AuditEntry


@pytest.fixture
def mine(client: Client, sales: User) -> Client:
    client.force_login(sales)
    return client


def test_name_and_e_mail(mine: Client, sales: User) -> None:
    values = {"first_name": "Mara", "last_name": "Thoms", "email": "Mara@einklang.example"}
    assert mine.post("/konto/name/", values).status_code == 303
    sales.refresh_from_db()
    assert (sales.full_name, sales.email) == ("Mara Thoms", "mara@einklang.example")
    assert AuditEntry.objects.filter(action="user.updated", actor_id=sales.pk).count() == 1


def test_an_address_that_is_taken_is_refused_beside_its_field(
    mine: Client, sales: User, service: User
) -> None:
    before = sales.email
    values = {"first_name": "Mara", "last_name": "Thoms", "email": service.email}
    response = mine.post("/konto/name/", values)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Mit dieser Adresse gibt es schon ein Konto." in page
    assert 'id="id_email_error"' in page
    assert "<h1>Mareike" in page  # the heading keeps the name that is saved
    sales.refresh_from_db()
    assert (sales.first_name, sales.email) == ("Mareike", before)


def test_language_and_look_act_at_once(mine: Client, sales: User) -> None:
    values = {"language": "en", "theme": "dark", "density": "comfortable"}
    assert mine.post("/konto/einstellungen/", values).status_code == 303
    response = mine.get("/konto/")
    page = response.content.decode()
    assert (
        '<html lang="en" data-theme="dark" data-density="comfortable" data-single-keys="off">'
        in page
    )
    assert response.headers["Content-Language"] == "en"
    sales.refresh_from_db()
    assert sales.single_key_shortcuts is False


def test_an_unknown_theme_is_refused(mine: Client, sales: User) -> None:
    values = {"language": "de", "theme": "neon", "density": "compact"}
    assert mine.post("/konto/einstellungen/", values).status_code == 422
    sales.refresh_from_db()
    assert sales.theme == "system"


def test_the_switch_in_the_menu(mine: Client, sales: User) -> None:
    assert mine.post("/konto/darstellung/", {"theme": "dark"}).status_code == 303
    sales.refresh_from_db()
    assert sales.theme == "dark"


def test_a_new_password_needs_the_old_one_and_keeps_this_session(mine: Client, sales: User) -> None:
    new = {"new_password1": "ein-ruhiger-mittwoch", "new_password2": "ein-ruhiger-mittwoch"}
    refused = mine.post("/konto/passwort/", {"old_password": "falsch", **new})
    assert refused.status_code == 422
    assert "Das ist nicht Ihr bisheriges Passwort." in refused.content.decode()
    assert (
        mine.post("/konto/passwort/", {"old_password": "messstellen-nord", **new}).status_code
        == 303
    )
    assert mine.get("/konto/").status_code == 200
    sales.refresh_from_db()
    assert sales.check_password("ein-ruhiger-mittwoch")
    assert AuditEntry.objects.filter(action="user.password-set").count() == 1


def test_a_weak_password_is_refused(mine: Client, sales: User) -> None:
    values = {"old_password": "messstellen-nord", "new_password1": "kurz", "new_password2": "kurz"}
    response = mine.post("/konto/passwort/", values)
    assert response.status_code == 422
    assert "Passwort ist zu kurz" in response.content.decode()
    sales.refresh_from_db()
    assert sales.check_password("messstellen-nord")


def test_a_forgotten_password_comes_back_by_mail(client: Client, sales: User) -> None:
    response = client.post("/passwort/vergessen/", {"email": sales.email.upper()})
    assert response.url == "/passwort/gesendet/"
    assert len(mail.outbox) == 1
    assert mail.outbox[0].subject == "Einklang: neues Passwort wählen"
    link = re.search(r"http://testserver(/passwort/\S+)", mail.outbox[0].body)
    assert link is not None
    page = client.get(link[1], follow=True)
    values = {"new_password1": "ein-ruhiger-mittwoch", "new_password2": "ein-ruhiger-mittwoch"}
    saved = client.post(page.redirect_chain[-1][0], values)
    assert saved.url == "/anmelden/"
    sales.refresh_from_db()
    assert sales.check_password("ein-ruhiger-mittwoch")
    again = client.get(link[1], follow=True).content.decode()
    assert "Dieser Verweis gilt nicht mehr" in again


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client, db: None) -> None:
    response = client.post("/passwort/vergessen/", {"email": "niemand@einklang.example"})
    assert response.url == "/passwort/gesendet/"
    assert mail.outbox == []
