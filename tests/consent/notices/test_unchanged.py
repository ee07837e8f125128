"""The nightly check sees what was changed behind the ledger's back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pgtrigger
import pytest

from consent import verifying
from consent.models import NoticeItem, NoticeProvision, NoticeVersion
from consent.notices import provisions
from contacts.models import Person

Publishes = Callable[..., NoticeVersion]


@pytest.fixture(autouse=True)
def _anchors(settings: Any, tmp_path: Any) -> None:
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"


@pytest.fixture
def told(notice: NoticeVersion, publish: Publishes, person: Person, at: datetime) -> NoticeVersion:
    provisions.record(
        actor=None, person=person, version=notice, medium="phone", status="read_aloud",
        items=["13.1.a"], given_at=at, at=at,
    )  # fmt: skip
    publish("appointment", at=at + timedelta(days=1), periods=[("appointment", 12, "process")])
    return notice


def places() -> list[tuple[str, str]]:
    return [(found.reason, found.which) for found in verifying.verify().findings]


def test_nothing_is_found_where_nothing_was_changed(told: NoticeVersion) -> None:
    assert places() == []


def test_another_wording_is_found(told: NoticeVersion) -> None:
    with pgtrigger.ignore():
        NoticeItem.objects.filter(version=told, item="13.1.a").update(texts={"de": "Anders."})
    assert places() == [("notice_altered", "appointment/1")]


def test_another_end_is_found(told: NoticeVersion, at: datetime) -> None:
    with pgtrigger.ignore():
        NoticeVersion.objects.filter(pk=told.pk).update(retired_at=at)
    assert places() == [("notice_altered", "appointment/1")]


def test_more_items_told_are_found(told: NoticeVersion) -> None:
    with pgtrigger.ignore():
        NoticeProvision.objects.update(items={"13.1.a": "x", "13.2.d": "x"})
    (found,) = places()
    assert found[0] == "provision_altered"


def test_an_erased_provision_is_none(told: NoticeVersion) -> None:
    NoticeProvision.objects.all().delete()
    assert places() == []


def test_a_version_that_is_gone_is_found(told: NoticeVersion) -> None:
    NoticeProvision.objects.all().delete()
    with pgtrigger.ignore():
        NoticeItem.objects.filter(version=told).delete()
        NoticeVersion.objects.filter(pk=told.pk).delete()
    assert places() == [("notice_missing", "appointment/1")]
