"""Log-in: errors, the way back, the rest after ten failures."""

import pytest
from django.core.cache import cache
from django.test import Client

from crm.accounts import users
from crm.accounts.models import User
from crm.ui.screens.login import attempts

PASSWORD = "messstellen-nord"


@pytest.fixture(autouse=True)
def _no_failures_yet() -> None:
    cache.clear()


def log_in(client: Client, *, email: str, password: str = PASSWORD, next_url: str = "") -> object:
    return client.post("/anmelden/", {"username": email, "password": password, "next": next_url})


def test_correct_log_in_leads_to_the_page_that_was_wanted(client: Client, sales: User) -> None:
    response = log_in(client, email=sales.email.upper(), next_url="/konto/")
    assert (response.status_code, response.url) == (302, "/konto/")
    assert client.get("/konto/").status_code == 200


def test_a_foreign_address_is_no_way_back(client: Client, sales: User) -> None:
    response = log_in(client, email=sales.email, next_url="https://example.org/")
    assert response.status_code == 302
    assert response.url.startswith("/")


def test_wrong_password_and_unknown_account_read_alike(client: Client, sales: User) -> None:
    wrong = log_in(client, email=sales.email, password="falsch")
    unknown = log_in(client, email="niemand@einklang.example", password="falsch")
    sentence = "E‑Mail oder Passwort stimmt nicht."
    assert [wrong.status_code, unknown.status_code] == [422, 422]
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()


def test_a_deactivated_account_reads_alike_too(
    client: Client, sales: User, admin: User, at
) -> None:
    users.set_active(actor=admin, user=sales, is_active=False, at=at)
    response = log_in(client, email=sales.email)
    assert response.status_code == 422
    assert "E‑Mail oder Passwort stimmt nicht." in response.content.decode()


def test_after_ten_failures_even_the_right_password_has_to_wait(
    client: Client, sales: User
) -> None:
    statuses = [
        log_in(client, email=sales.email, password="falsch").status_code
        for _ in range(attempts.MOST_FAILURES)
    ]
    assert statuses == [422] * 10
    response = log_in(client, email=sales.email)
    assert response.status_code == 429
    assert "Bitte warten Sie 15 Minuten" in response.content.decode()
    assert client.get("/konto/").status_code == 302


def test_failures_of_one_account_do_not_lock_another(
    client: Client, sales: User, service: User
) -> None:
    for _ in range(attempts.MOST_FAILURES):
        log_in(client, email=sales.email, password="falsch")
    assert log_in(client, email=service.email).status_code == 302


def test_a_successful_log_in_starts_the_count_anew(client: Client, sales: User) -> None:
    for _ in range(attempts.MOST_FAILURES - 1):
        log_in(client, email=sales.email, password="falsch")
    assert log_in(client, email=sales.email).status_code == 302
    assert not attempts.are_exhausted(email=sales.email, address="127.0.0.1")
    assert attempts.count_failure(email=sales.email, address="127.0.0.1") == 1


def test_without_log_in_every_page_leads_to_it(client: Client) -> None:
    response = client.get("/konto/")
    assert (response.status_code, response.url) == (302, "/anmelden/?next=/konto/")


def test_a_fragment_without_session_moves_the_whole_window(client: Client) -> None:
    response = client.get(
        "/konto/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/personen/?q=x"},
    )
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/anmelden/?next=%2Fpersonen%2F%3Fq%3Dx"


def test_log_out_needs_a_post(client: Client, sales: User) -> None:
    client.force_login(sales)
    assert client.get("/abmelden/").status_code == 200
    assert client.get("/konto/").status_code == 200
    assert client.post("/abmelden/").status_code == 302
    assert client.get("/konto/").status_code == 302


def test_the_log_in_page_speaks_the_language_of_the_browser(client: Client) -> None:
    german = client.get("/anmelden/", headers={"Accept-Language": "fr"})
    english = client.get("/anmelden/", headers={"Accept-Language": "en-GB"})
    assert german.headers["Content-Language"] == "de"
    assert english.headers["Content-Language"] == "en"


def test_the_language_can_be_switched_before_the_log_in(client: Client) -> None:
    client.post("/sprache/", {"language": "en", "next": "/anmelden/"})
    assert client.get("/anmelden/").headers["Content-Language"] == "en"
