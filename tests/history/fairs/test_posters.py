# ruff: noqa: F811 - fixtures by name
"""The notice of the stand on the wall: large, complete in its first layer, with its address."""

import re
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import segno
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from consent.models import Controller, NoticeVersion
from consent.notices import starters, versions
from crm.accounts.models import RoleCode
from crm.kernel import errors
from history.fairs import posters, stand_notices
from history.models import Event
from tests.consent_cast import _files_of_their_own  # noqa: F401 - messages of their own
from tests.visitor_cast import fair  # noqa: F401 - fixture


@pytest.fixture
def notice(controller: Controller, at: datetime) -> NoticeVersion:
    """That of talks at fairs, in force."""
    controller.authority = "Berliner Beauftragte für Datenschutz"
    controller.save()
    starters.create(actor=None, controller=controller, at=at)
    draft = versions.draft(actor=None, controller=controller, purpose="fair", at=at)
    return versions.publish(actor=None, version=draft, at=at)


def streams(made: bytes) -> list[bytes]:
    found = []
    for each in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.S):
        try:
            found.append(zlib.decompress(each))
        except zlib.error:
            continue
    return found


def test_it_is_one_page_of_pdf_a(fair: Event, notice: NoticeVersion, at: datetime) -> None:
    for language in ("de", "en", "plain"):
        made = posters.pdf(fair, language=language, at=at)
        assert made.startswith(b"%PDF-")
        assert b"pdfaid" in made
        assert len(re.findall(rb"/Type /Page\b", made)) == 1


def test_its_code_leads_to_the_notice(fair: Event, notice: NoticeVersion, at: datetime) -> None:
    address = stand_notices.address_of(notice)
    assert address == "https://crm.example/hinweise/fair/"
    dark = sum(map(sum, segno.make(address, error="m", micro=False).matrix))
    drawn = max(stream.count(b" re") for stream in streams(posters.pdf(fair, language="de", at=at)))
    assert drawn == dark


def test_without_a_notice_it_says_what_to_do(fair: Event, at: datetime) -> None:
    with pytest.raises(errors.Invalid, match="noch keine Datenschutzhinweise veröffentlicht"):
        posters.pdf(fair, language="de", at=at)


def test_who_has_no_notice_of_fairs_shows_that_of_enquiries(
    fair: Event, controller: Controller, at: datetime
) -> None:
    starters.create(actor=None, controller=controller, at=at)
    draft = versions.draft(actor=None, controller=controller, purpose="enquiry", at=at)
    made = versions.publish(actor=None, version=draft, at=at)
    assert stand_notices.version_of(fair) == made


def test_the_team_prints_it_and_nobody_else(
    fair: Event, notice: NoticeVersion, sales: Any, make_user: Any
) -> None:
    url = reverse("fair-poster", args=[fair.public_id])
    team, other = Client(), Client()
    team.force_login(sales)
    other.force_login(make_user(RoleCode.SALES))
    printed = team.get(url, {"sprache": "einfach"})
    assert printed.headers["Content-Type"] == "application/pdf"
    assert printed.headers["Content-Disposition"] == 'inline; filename="aushang-plain.pdf"'
    assert other.get(url).status_code == 404


def test_the_command_writes_it(fair: Event, notice: NoticeVersion, tmp_path: Path) -> None:
    path = tmp_path / "aushang.pdf"
    call_command("fair_poster", event=fair.public_id, lang="en", output=path)
    assert path.read_bytes().startswith(b"%PDF-")
    with pytest.raises(CommandError, match="Eine Messe mit dieser Kennung gibt es nicht"):
        call_command("fair_poster", event=notice.public_id, output=path)
