"""The shell of the app for the stand: for everybody, the same until something changes."""

import json
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django.fixtures import Settings

from crm.ui.screens.fair_app import files, words

pytestmark = pytest.mark.django_db
SCRIPTS = Path(str(finders.find("ui/js/fair/app.js"))).parent


def kept(client: Client, language: str = "de") -> dict[str, object]:
    script = client.get(f"/messe/sw.js?sprache={language}").content.decode()
    first = script.splitlines()[0]
    return dict(json.loads(first.removeprefix("self.KEPT = ").removesuffix(";")))


def test_the_shell_needs_no_session_and_sets_no_cookie(client: Client) -> None:
    response = client.get("/messe/")
    assert response.status_code == 200
    assert response.cookies == {}
    policy = response.headers["Content-Security-Policy"]
    assert "img-src 'self' data: blob:" in policy
    assert "unsafe" not in policy


def test_the_worker_may_control_its_scope_and_is_asked_for_anew_each_time(client: Client) -> None:
    response = client.get("/messe/sw.js")
    assert response.headers["Service-Worker-Allowed"] == "/messe/"
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]


def test_everything_that_is_kept_is_there(client: Client, settings: Settings) -> None:
    addresses = files.addresses()
    assert len(addresses) == len(set(addresses))
    for address in addresses:
        assert finders.find(address.removeprefix("/static/")), address
    assert {f"/static/ui/js/fair/{path.name}" for path in SCRIPTS.glob("*.js")} - set(
        addresses
    ) == {"/static/ui/js/fair/worker.js"}


def test_the_version_changes_with_the_page_and_with_any_file(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(client)["version"]
    assert kept(client)["version"] == before
    assert kept(client, "en")["version"] != before
    content = files._content
    changed = "ui/vendor/qrcode.mjs"
    monkeypatch.setattr(
        files, "_content", lambda name: content(name) + (b"!" if name == changed else b"")
    )
    assert kept(client)["version"] != before


def test_it_is_installable(client: Client) -> None:
    response = client.get("/messe/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    described = response.json()
    assert (described["start_url"], described["scope"]) == ("/messe/", "/messe/")
    assert described["display"] == "standalone"
    sizes = {(icon["sizes"], icon["purpose"]) for icon in described["icons"]}
    assert sizes == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for icon in described["icons"]:
        found = finders.find(icon["src"].removeprefix("/static/"))
        assert Path(str(found)).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_session_is_told_to_who_has_one(client: Client, sales: object) -> None:
    assert client.get("/messe/sitzung/").json()["user"] is None
    client.force_login(sales)  # type: ignore[arg-type]
    told = client.get("/messe/sitzung/").json()
    assert told["user"] == str(sales)
    assert told["login"] == "/anmelden/?next=%2Fmesse%2F"
    assert told["logout"] == "/abmelden/"
    assert len(told["csrf"]) == 64


def test_modules_are_short_and_say_only_words_that_there_are() -> None:
    known = set(words.WORDS)
    for path in SCRIPTS.glob("*.js"):
        text = path.read_text()
        assert len(text.splitlines()) <= 80, path.name
        for part in text.split('say("')[1:]:
            assert part.split('"')[0] in known, (path.name, part[:30])
