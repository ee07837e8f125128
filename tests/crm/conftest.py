"""An API client per user, by key."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from crm.accounts import tokens
from crm.accounts.models import User


@pytest.fixture
def api(at: Any) -> Callable[[User], APIClient]:
    """``api(user).get("/api/v1/me")``."""

    def client_of(user: User) -> APIClient:
        _, secret = tokens.create(actor=user, user=user, name="Test", at=at)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return client_of
