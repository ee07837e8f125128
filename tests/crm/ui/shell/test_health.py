"""Liveness and readiness."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django.fixtures import Settings


def test_alive_asks_nobody(client: Client) -> None:
    assert client.get("/gesund/").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_asks_database_and_redis(client: Client) -> None:
    response = client.get("/bereit/")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "redis": "ok"}


@pytest.mark.django_db
def test_not_ready_names_who_does_not_answer(client: Client, settings: Settings) -> None:
    nobody = {"BACKEND": settings.CACHES["default"]["BACKEND"], "LOCATION": "redis://127.0.0.1:1"}
    settings.CACHES = {"default": nobody}
    response = client.get("/bereit/")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "ok", "redis": "unreachable"}


def test_not_ready_without_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/bereit/")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "unreachable", "redis": "ok"}
