"""API keys in the own account: made, shown once, used, revoked."""

import re
from datetime import datetime

import pytest
from django.test import Client

from crm.accounts import tokens
from crm.accounts.models import ApiToken, User
from crm.kernel.models import AuditEntry


@pytest.fixture
def mine(client: Client, sales: User) -> Client:
    client.force_login(sales)
    return client


def test_the_secret_is_shown_once_and_opens_the_api(mine: Client, sales: User) -> None:
    response = mine.post("/konto/schluessel/", {"name": "Webformular"})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    shown = re.findall(r'value="(ek_[^"]+)"', response.content.decode())
    assert len(shown) == 1
    assert tokens.user_for(secret=shown[0], at=sales.created_at) == sales
    program = Client(headers={"Authorization": f"Bearer {shown[0]}"})
    assert program.get("/api/v1/persons").status_code == 200
    again = mine.get("/konto/").content.decode()
    assert "Webformular" in again
    assert "ek_" not in again
    assert shown[0] not in str(dict(mine.session))


def test_with_htmx_only_the_panel_comes(mine: Client) -> None:
    page = mine.post(
        "/konto/schluessel/", {"name": "Webformular"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert page.lstrip().startswith("<section")
    assert page.count("<section") == 1
    assert 'value="ek_' in page


def test_a_key_without_a_purpose_is_refused(mine: Client) -> None:
    response = mine.post("/konto/schluessel/", {"name": "  "})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Bitte sagen Sie, wofür der Schlüssel ist." in page
    assert 'id="id_name_error"' in page
    assert ApiToken.objects.count() == 0


def test_a_long_name_is_refused_and_not_cut(mine: Client) -> None:
    assert mine.post("/konto/schluessel/", {"name": "x" * 101}).status_code == 422
    assert ApiToken.objects.count() == 0


def test_the_list_names_creation_last_use_and_revocation(
    mine: Client, sales: User, at: datetime
) -> None:
    _, secret = tokens.create(actor=sales, user=sales, name="Webformular", at=at)
    old, _ = tokens.create(actor=sales, user=sales, name="Messestand", at=at)
    tokens.user_for(secret=secret, at=at.replace(day=18))
    tokens.revoke(actor=sales, token=old, at=at.replace(day=19))
    page = mine.get("/konto/").content.decode()
    assert "17.03.2026" in page
    assert "18.03.2026" in page
    assert "noch nie" in page
    assert "widerrufen am 19.03.2026" in page
    assert page.count(">Widerrufen<") == 1


def test_revoke_acts_at_once(mine: Client, sales: User, at: datetime) -> None:
    token, secret = tokens.create(actor=sales, user=sales, name="Webformular", at=at)
    url = f"/konto/schluessel/{token.public_id}/widerrufen/"
    assert mine.get(url).status_code == 405
    response = mine.post(url)
    assert (response.status_code, response.url) == (303, "/konto/#schluessel")
    assert tokens.user_for(secret=secret, at=at) is None
    mine.post(url)
    assert AuditEntry.objects.filter(action="api-token.revoked").count() == 1


def test_nobody_sees_or_revokes_the_key_of_another(
    mine: Client, service: User, at: datetime
) -> None:
    token, secret = tokens.create(actor=service, user=service, name="Fremdes", at=at)
    assert "Fremdes" not in mine.get("/konto/").content.decode()
    assert mine.post(f"/konto/schluessel/{token.public_id}/widerrufen/").status_code == 404
    assert tokens.user_for(secret=secret, at=at) == service
