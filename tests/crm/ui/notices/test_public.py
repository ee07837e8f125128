"""What everybody may read: the notice in force, and versions that messages led to."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consent.models import NoticeVersion
from consent.notices import versions
from tests import notice_cast


@pytest.fixture
def notice(db: None, at: datetime) -> NoticeVersion:
    return notice_cast.published(at)


def page(name: str, *args: object, language: str = "de") -> str:
    response = Client().get(reverse(name, args=args), {"sprache": language})
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def test_the_notice_in_force_in_three_languages(notice: NoticeVersion) -> None:
    german = page("notice", "appointment")
    assert "Verantwortlich ist Nordlicht GmbH, Kai 1, 20457 Hamburg." in german
    assert "Rechenzentrum Alster GmbH (Betrieb unserer Server)" in german
    assert "Fassung 1 vom 17.03.2026" in german
    assert "Who is responsible" in page("notice", "appointment", language="en")
    assert "Wer sind wir?" in page("notice", "appointment", language="einfach")


def test_a_superseded_version_stays_readable_and_leads_on(
    notice: NoticeVersion, at: datetime
) -> None:
    later = at + timedelta(days=1)
    draft = versions.draft(
        actor=None, controller=notice.controller, purpose="appointment", at=later
    )
    assert Client().get(reverse("notice-version", args=[draft.public_id])).status_code == 404
    second = versions.publish(actor=None, version=draft, at=later)
    old = page("notice-version", notice.public_id)
    assert "Diese Fassung gilt nicht mehr." in old
    assert reverse("notice-version", args=[second.public_id]) in old
    assert "gilt nicht mehr" not in page("notice", "appointment")


@pytest.mark.parametrize("purpose", ["enquiry", "lottery"])
def test_what_is_not_published_is_not_shown(notice: NoticeVersion, purpose: str) -> None:
    response = Client().get(reverse("notice", args=[purpose]))
    assert response.status_code == 404
    assert "Nordlicht" not in response.content.decode()


def test_only_reading(notice: NoticeVersion) -> None:
    assert Client().post(reverse("notice", args=["appointment"])).status_code == 405
