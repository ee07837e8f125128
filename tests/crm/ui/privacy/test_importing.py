"""Consents from a file: nothing is written before it was looked through."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consent.models import Controller, EventKind, LedgerEvent, SuppressionEntry, SuppressionList
from crm.accounts.models import User
from crm.kernel.models import AuditEntry
from crm.ui.screens.privacy import importing
from tests.crm.ui.privacy.conftest import said

URL = "/datenschutz/einlesen/"
HEAD = "Kontakt;Kanal;Zweck;Erteilt am;Art;Text;Nachweis;Widerspruch\n"
GOOD = "j.maier@x.example;email;newsletter;17.03.2026 10:12;paper;werbung/1;zettel-7.pdf;\n"
pytestmark = pytest.mark.usefixtures("mailbox", "text")


@pytest.fixture
def post(client: Client, privacy: User, controller: Controller) -> Any:
    """``post(lines, **other)`` as HTMX does; the answer."""
    client.force_login(privacy)

    def send(lines: str, **other: Any) -> Any:
        return client.post(
            URL,
            {
                "contents": "consents",
                "controller": str(controller.public_id),
                "file": SimpleUploadedFile("alt.csv", (HEAD + lines).encode()),
                "evidence": SimpleUploadedFile("zettel-7.pdf", b"%PDF-1.7 scan"),
                "step": "check",
                **other,
            },
            headers={"HX-Request": "true"},
        )

    return send


def checked(response: Any) -> str:
    found = re.search(r'name="checked" value="([0-9a-f]{64})"', response.content.decode())
    assert found
    return found[1]


def imported() -> int:
    return LedgerEvent.objects.filter(kind__in=[EventKind.IMPORTED, EventKind.DISPUTED]).count()


def test_what_was_checked_is_read_in(post: Any, privacy: User) -> None:
    trial = post(GOOD)
    assert (trial.status_code, imported()) == (200, 0)
    assert "Das käme dabei heraus" in said(trial)
    done = post(GOOD, step="import", checked=checked(trial))
    assert (done.status_code, imported()) == (200, 1)
    assert 'name="step"' not in done.content.decode()
    entry = AuditEntry.objects.get(action="consent.imported")
    assert entry.actor_id == privacy.pk


@pytest.mark.parametrize("checked", ["", "0" * 64])
def test_another_file_than_was_checked_is_refused(post: Any, checked: str) -> None:
    response = post(GOOD, step="import", checked=checked)
    assert (response.status_code, imported()) == (422, 0)
    assert "eine andere Datei als die geprüfte" in said(response)


def test_each_row_that_falls_short_is_told(post: Any) -> None:
    response = post(GOOD.replace("zettel-7.pdf", "") + "niemand@x.example;email;newsletter;;;;;\n")
    body = said(response)
    assert "nicht belegt" in body
    assert "Niemand hat diesen Kontaktweg" in body
    assert imported() == 0


def test_more_remarks_than_are_shown_are_counted(
    post: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "SHOWN_REMARKS", 2)
    response = post("niemand@x.example;email;newsletter;;;;;\n" * 5)
    assert "Und 3 weitere Zeilen" in said(response)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"file": ""}, "Bitte wählen Sie eine Datei."),
        ({"evidence": SimpleUploadedFile("b.pdf", b"%PDF")}, "Die Datei zettel-7.pdf fehlt."),
        ({"contents": "everything"}, "everything"),
    ],
)
def test_what_is_wrong_with_the_files_is_said(post: Any, other: Any, sentence: str) -> None:
    response = post(GOOD, **other)
    assert (response.status_code, imported()) == (422, 0)
    assert sentence in said(response)


def test_long_files_are_for_the_command(post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_ROWS", 1)
    response = post(GOOD + GOOD)
    assert (response.status_code, imported()) == (422, 0)
    assert "mehr als 1 Zeilen" in said(response)


def test_a_robinson_list(post: Any, privacy: User) -> None:
    lines = SimpleUploadedFile("robinson.txt", b"j.maier@x.example\n0171 3920012\n")
    trial = post("", contents="robinson", file=lines)
    assert not SuppressionEntry.objects.exists()
    lines.seek(0)
    post("", contents="robinson", file=lines, step="import", checked=checked(trial))
    entries = SuppressionEntry.objects.values_list("list", "channel")
    assert list(entries) == [(SuppressionList.ROBINSON, "*")] * 2
    entry = AuditEntry.objects.get(action="consent.imported")
    assert (entry.actor_id, entry.changes["opted_out"]) == (privacy.pk, [None, 2])


def test_without_javascript_it_is_the_whole_page(client: Client, privacy: User) -> None:
    client.force_login(privacy)
    page = client.post(URL, {"contents": "consents"})
    assert page.status_code == 422
    assert "<h1>Einwilligungen einlesen</h1>" in page.content.decode()
