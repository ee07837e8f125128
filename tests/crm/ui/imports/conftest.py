"""Uploads without a browser, and the work of the worker done on the spot."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from contacts.importing import imports, reverting, running
from contacts.models import ImportRun, Source
from crm.accounts.models import User
from crm.kernel import clock

LIST = (
    "Kundennr;Vorname;Nachname;Firma;Telefon;E-Mail;KZ_7\r\n"
    "1;Johannes;Maier;Havelberg Anlagenbau GmbH;030 23125 101;maier@havelberg.example;J\r\n"
    "2;Änne;Müller-Voß;Brandt & Söhne KG;030 23125 1o2;;N\r\n"
    "3;Elif;Öztürk;Märkische Filterwerke AG;030 23125 103;oeztuerk@filter.example;J\r\n"
)


@pytest.fixture(autouse=True)
def _files(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def lead(client: Client, team_lead: User) -> Client:
    """A team lead who is logged in."""
    client.force_login(team_lead)
    return client


@pytest.fixture
def upload(lead: Client, source: Source) -> Callable[..., ImportRun]:
    """``upload(text)`` sends a file through step two and returns its run."""

    def send(text: str = LIST, *, name: str = "liste.csv", encoding: str = "cp1252") -> ImportRun:
        file = SimpleUploadedFile(name, text.encode(encoding))
        address = f"{reverse('import-upload')}?herkunft={source.public_id}"
        answer = lead.post(address, {"file": file})
        assert answer.status_code == 303, answer.content.decode()
        return ImportRun.objects.latest("pk")

    return send


@pytest.fixture
def imported(team_lead: User, source: Source, at: datetime) -> ImportRun:
    """The list, taken over."""
    run = imports.upload(
        actor=team_lead,
        file=BytesIO(LIST.encode("cp1252")),
        file_name="liste.csv",
        source=source,
        at=at,
    )
    imports.start(actor=team_lead, run=run, at=at)
    work(run)
    run.refresh_from_db()
    return run


def work(run: ImportRun) -> None:
    """What the worker does with a queued run."""
    running.work(run.pk, clock=clock.now)


def take_back(run: ImportRun) -> None:
    """What the worker does with a run that is to be taken back."""
    reverting.work(run.pk, clock=clock.now)
