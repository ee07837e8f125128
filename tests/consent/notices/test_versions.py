"""Versions: generated, reworded, refused, published, never changed again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from consent.models import (
    Controller,
    EventKind,
    LedgerEvent,
    NoticeItem,
    NoticeRecipient,
    NoticeStatus,
    NoticeVersion,
)
from consent.notices import configuring, starters, versions
from consent.notices.rules import facts
from crm.kernel import errors
from crm.kernel.models import AuditEntry

Publishes = Callable[..., NoticeVersion]


def refused(version: NoticeVersion, at: datetime) -> errors.Invalid:
    """Why it is not published, and that nothing of it is."""
    with pytest.raises(errors.Invalid) as caught:
        versions.publish(actor=None, version=version, at=at)
    version.refresh_from_db()
    assert (version.status, version.sha256) == (NoticeStatus.DRAFT, "")
    assert not LedgerEvent.objects.filter(kind=EventKind.NOTICE_PUBLISHED).exists()
    return caught.value


@pytest.mark.parametrize("purpose", facts.PURPOSES)
def test_each_starter_can_be_published(publish: Publishes, purpose: str) -> None:
    version = publish(purpose)
    assert version.status == NoticeStatus.PUBLISHED
    assert versions.missing(version) == []
    event = LedgerEvent.objects.get(kind=EventKind.NOTICE_PUBLISHED)
    assert event.text == version.sha256 == versions.digest(version)
    assert event.details["number"] == 1
    assert AuditEntry.objects.filter(action="notice.published").count() == 1


def test_every_recipient_of_the_purpose_appears(
    notice: NoticeVersion, host: NoticeRecipient
) -> None:
    row = notice.items.get(item="13.1.e")
    assert [host.name in row.texts[language] for language in facts.LANGUAGES] == [True] * 3


def test_a_gap_is_refused_by_name(publish: Publishes, controller: Controller, at: Any) -> None:
    configuring.describe(actor=None, controller=controller, purpose="appointment", at=at)
    version = versions.draft(actor=None, controller=controller, purpose="appointment", at=at)
    error = refused(version, at)
    assert error.data["missing"] == ["13.1.c", "13.2.a", "13.2.e"]
    assert error.errors["items"][0] == (
        "Art. 13 Abs. 1 Buchst. c, Wofür und auf welcher Grundlage: eine Rechtsgrundlage fehlt."
    )


def test_a_recipient_taken_out_of_the_text_is_missed(
    publish: Publishes, controller: Controller, at: Any
) -> None:
    version = versions.draft(actor=None, controller=controller, purpose="appointment", at=at)
    versions.reword(
        actor=None,
        version=version,
        item="13.1.e",
        language="en",
        text="Nobody.",
        said="",
        at=at,
    )
    assert versions.missing(version) == [("13.1.e", "recipient_unsaid")]
    assert refused(version, at).data["missing"] == ["13.1.e"]


def test_a_configured_service_must_be_among_the_recipients(
    publish: Publishes, controller: Controller, host: NoticeRecipient, settings: Any, at: Any
) -> None:
    settings.SMS_URL = "https://sms.example/send"
    version = versions.draft(actor=None, controller=controller, purpose="appointment", at=at)
    assert "sms.example" in refused(version, at).errors["items"][0]
    configuring.name_recipient(
        actor=None,
        controller=controller,
        name="Kurznachricht AG",
        category="sms",
        integration="sms",
        purposes=["appointment"],
        at=at,
    )
    version = versions.draft(actor=None, controller=controller, purpose="appointment", at=at)
    published = versions.publish(actor=None, version=version, at=at)
    assert "Kurznachricht AG" in published.items.get(item="13.1.e").texts["de"]


def test_a_third_country_without_safeguard_is_refused(
    publish: Publishes, controller: Controller, at: Any
) -> None:
    asked: dict[str, Any] = {"actor": None, "controller": controller, "at": at}
    calendar = configuring.name_recipient(
        **asked, name="Kalenderwerk Inc.", category="calendar", country="us",
        purposes=["appointment"],
    )  # fmt: skip
    version = versions.draft(**asked, purpose="appointment")
    assert refused(version, at).data["missing"] == ["13.1.f"]
    configuring.name_recipient(
        **asked, name=calendar.name, category="calendar", country="US",
        safeguard="clauses", purposes=["appointment"], recipient=calendar,
    )  # fmt: skip
    version = versions.draft(**asked, purpose="appointment")
    row = versions.publish(actor=None, version=version, at=at).items.get(item="13.1.f")
    assert row.is_surprising
    assert row.spoken["de"] == "Unser Terminkalender läuft bei einem Anbieter in den USA."


def test_what_changed_since_the_draft_is_said(
    publish: Publishes, controller: Controller, at: Any
) -> None:
    version = versions.draft(actor=None, controller=controller, purpose="appointment", at=at)
    controller.privacy_contact = "ds@nordlicht.example"
    controller.save()
    assert refused(version, at).data["changed"] == ["13.1.b"]


def test_a_script_of_more_than_a_minute_is_refused(
    publish: Publishes, controller: Controller, at: Any
) -> None:
    version = versions.draft(actor=None, controller=controller, purpose="appointment", at=at)
    versions.reword(
        actor=None,
        version=version,
        item="13.1.c",
        language="de",
        text="Für Ihren Termin.",
        said="sehr " * 150,
        at=at,
    )
    assert refused(version, at).errors.keys() == {"spoken"}


def test_a_published_version_never_changes(notice: NoticeVersion, at: Any) -> None:
    row = notice.items.get(item="13.1.c")
    for change in (
        lambda: NoticeItem.objects.filter(pk=row.pk).update(texts={}),
        lambda: NoticeItem.objects.filter(pk=row.pk).delete(),
        lambda: NoticeItem.objects.create(version=notice, item="21.4"),
        lambda: NoticeVersion.objects.filter(pk=notice.pk).update(number=7),
    ):
        with pytest.raises(ProgrammingError, match="cannot change"), transaction.atomic():
            change()
    with pytest.raises(versions.NotADraft):
        versions.reword(
            actor=None, version=notice, item="13.1.c", language="de", text="x", said="", at=at
        )
    with pytest.raises(versions.NotADraft):
        versions.publish(actor=None, version=notice, at=at)


def test_the_next_version_supersedes_and_wording_keeps_the_hash(
    notice: NoticeVersion, controller: Controller, at: datetime
) -> None:
    later = at + timedelta(days=1)
    draft = versions.draft(actor=None, controller=controller, purpose="appointment", at=later)
    versions.reword(
        actor=None,
        version=draft,
        item="13.1.c",
        language="de",
        text="Für Ihren Termin.",
        said="Für Ihren Termin.",
        at=later,
    )
    second = versions.publish(actor=None, version=draft, at=later)
    notice.refresh_from_db()
    assert (notice.status, notice.retired_at, second.number) == (NoticeStatus.RETIRED, later, 2)
    hashes = [version.items.get(item="13.1.c").material_hash for version in (notice, second)]
    assert hashes[0] == hashes[1]
    assert notice.sha256 != second.sha256
    assert versions.drift(second) == ()


def test_purposes_and_codes_that_do_not_exist_are_refused(controller: Controller, at: Any) -> None:
    starters.create(actor=None, controller=controller, at=at)
    with pytest.raises(configuring.UnknownPurpose, match=r"„lottery“.*appointment, enquiry"):
        versions.draft(actor=None, controller=controller, purpose="lottery", at=at)
    with pytest.raises(errors.Invalid) as caught:
        configuring.describe(
            actor=None,
            controller=controller,
            purpose="appointment",
            legal_bases=["7.1"],
            periods=[("appointment", 0, "process")],
            obligation="maybe",
            at=at,
        )
    assert caught.value.errors.keys() == {"legal_bases", "periods", "obligation"}
    assert not NoticeVersion.objects.exists()


def test_words_stay_where_the_facts_do(
    publish: Publishes, controller: Controller, host: NoticeRecipient, at: Any
) -> None:
    asked: dict[str, Any] = {"actor": None, "controller": controller, "at": at}
    version = versions.draft(**asked, purpose="appointment")
    for item in ("13.1.c", "13.1.e", "13.2.a"):
        old = version.items.get(item=item).texts["de"]
        versions.reword(
            actor=None, version=version, item=item, language="de", text=f"{old} Bitte.", said="",
            at=at,
        )  # fmt: skip
    facts_now = {**starters.STARTERS["appointment"], "periods": [("appointment", 12, "process")]}
    configuring.describe(**asked, purpose="appointment", **facts_now)
    configuring.name_recipient(
        **asked, name="Alster Hosting SE", category="hosting", purposes=["appointment"],
        recipient=host,
    )  # fmt: skip
    again = versions.draft(**asked, purpose="appointment")
    told = {row.item: row.texts.get("de", "") for row in again.items.all()}
    assert told["13.1.c"].endswith("Bitte.")
    assert not told["13.2.a"].endswith("Bitte.")
    assert "Alster Hosting SE" in told["13.1.e"]
