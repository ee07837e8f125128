"""Keys for programs."""

from datetime import datetime

import pytest

from crm.accounts import tokens, users
from crm.accounts.models import ApiToken, User
from crm.kernel import errors


def test_a_key_finds_its_user_and_is_not_stored(sales: User, at: datetime) -> None:
    token, secret = tokens.create(actor=sales, user=sales, name="Webformular", at=at)
    assert tokens.user_for(secret=secret, at=at) == sales
    token.refresh_from_db()
    assert token.last_used_on == at.date()
    assert secret not in str(ApiToken.objects.values())


@pytest.mark.parametrize("secret", ["", "ek_", "ek_falsch"])
def test_an_unknown_key_finds_nobody(sales: User, at: datetime, secret: str) -> None:
    assert tokens.user_for(secret=secret, at=at) is None


def test_a_revoked_key_finds_nobody(sales: User, at: datetime) -> None:
    token, secret = tokens.create(actor=sales, user=sales, name="x", at=at)
    tokens.revoke(actor=sales, token=token, at=at)
    assert tokens.user_for(secret=secret, at=at) is None


def test_the_key_of_a_deactivated_user_finds_nobody(sales: User, admin: User, at: datetime) -> None:
    _, secret = tokens.create(actor=sales, user=sales, name="x", at=at)
    users.set_active(actor=admin, user=sales, is_active=False, at=at)
    assert tokens.user_for(secret=secret, at=at) is None


def test_nobody_makes_a_key_for_somebody_else(sales: User, service: User, at: datetime) -> None:
    with pytest.raises(errors.NotPermitted):
        tokens.create(actor=sales, user=service, name="x", at=at)
    assert ApiToken.objects.count() == 0
