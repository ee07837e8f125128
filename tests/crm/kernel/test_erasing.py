"""Taking words out of rows that stay."""

from datetime import UTC, datetime

import pytest

from crm.kernel import audit, erasing
from crm.kernel.models import AuditEntry

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> AuditEntry:
    audit.record(
        actor=None,
        action="person.updated",
        at=AT,
        changes={"name": ["Hans Mayer-Groß", 'hans "M" MAYER'], "city": ["Mayersdorf", "Köln"]},
        context={"note": "Rückruf von HANS MAYER, h.mayer@havelberg.example", "row": 7},
    )
    return AuditEntry.objects.get()


def scrubbed(words: list[str]) -> AuditEntry:
    erasing.scrub(AuditEntry.objects.all(), ("changes", "context"), words)
    return AuditEntry.objects.get()


def test_whole_words_go_in_whatever_case(entry: AuditEntry) -> None:
    found = scrubbed(["Hans Mayer", "h.mayer@havelberg.example"])

    assert found.changes == {
        "name": ["[gelöscht]-Groß", 'hans "M" MAYER'],
        "city": ["Mayersdorf", "Köln"],
    }
    assert found.context == {"note": "Rückruf von [gelöscht], [gelöscht]", "row": 7}


def test_of_words_within_each_other_the_longest_goes(entry: AuditEntry) -> None:
    found = scrubbed(["Mayer", "Hans Mayer", "Hans Mayer-Groß"])

    assert found.changes["name"] == ["[gelöscht]", 'hans "M" [gelöscht]']


def test_without_words_nothing_changes(entry: AuditEntry) -> None:
    assert scrubbed([]).changes == entry.changes


def test_the_words_of_thousands_of_people_are_not_too_many(entry: AuditEntry) -> None:
    names = [f"Vorname{number} Nachname{number}" for number in range(30_000)]

    found = scrubbed([*names, "Hans Mayer"])

    assert found.context["note"] == "Rückruf von [gelöscht], h.mayer@havelberg.example"
