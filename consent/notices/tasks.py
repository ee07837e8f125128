"""What is left to tell: scripts that were skipped or put off, and Art. 14 for data from elsewhere.

Nothing is kept for it: a task is there as long as nobody provably told the person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from consent.models import EventKind, NoticeProvision, SkipReason
from consent.notices import provisions
from consent.notices.rules import dates
from consent.notices.rules.due import PROVEN
from contacts.models import Person, SourceKind

MOST = 200  # so many are listed; beyond it is "more"
ELSEWHERE = (SourceKind.SUPPLIER, SourceKind.THIRD_PERSON, SourceKind.PUBLIC)
"""Sources of which the person knows nothing: the same as those that the gate asks about."""

Kind = Literal["art14", "skipped", "deferred"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One person who is to be told; ``why`` in words, ``since`` when it came up."""

    kind: Kind
    person: Person
    purpose: str
    why: str
    since: datetime
    due_by: date

    def is_overdue(self, today: date) -> bool:
        """Whether the last day is over."""
        return self.due_by < today


@dataclass(frozen=True, slots=True)
class Tasks:
    """All of a kind; ``count`` may be larger than what is listed."""

    listed: tuple[Task, ...]
    count: int


def skipped() -> Tasks:
    """Scripts that were skipped or put off, and nothing was told since (3 queries)."""
    rows = _rows(_SKIPPED, statuses=[str(each) for each in provisions.OPEN], proven=list(PROVEN))
    found = NoticeProvision.objects.select_related("version").in_bulk([row[0] for row in rows])
    persons = Person.objects.in_bulk([row[1] for row in rows])
    listed = [_skipped(found[row[0]], persons[row[1]]) for row in rows[:MOST]]
    return Tasks(tuple(sorted(listed, key=lambda task: task.due_by)), _count(rows))


def art_14() -> Tasks:
    """People whose data come from elsewhere and who were not told so (2 queries)."""
    rows = _rows(
        _ART_14, sources=[str(each) for each in ELSEWHERE], informed=str(EventKind.INFORMED)
    )
    persons = Person.objects.select_related("source").in_bulk([row[0] for row in rows])
    listed = [_elsewhere(persons[row[0]], first=row[1]) for row in rows[:MOST]]
    return Tasks(tuple(sorted(listed, key=lambda task: task.due_by)), _count(rows))


@dataclass(frozen=True, slots=True)
class Left:
    """Everything that is left to tell, the most urgent first; ``overdue`` counts those listed."""

    listed: tuple[Task, ...]
    count: int
    overdue: int

    @property
    def is_more(self) -> bool:
        """Whether some are not listed."""
        return self.count > len(self.listed)


def left(*, at: datetime) -> Left:
    """Both kinds together (5 queries)."""
    found = (skipped(), art_14())
    listed = sorted((t for each in found for t in each.listed), key=lambda task: task.due_by)
    today = timezone.localdate(at)
    overdue = sum(task.is_overdue(today) for task in listed)
    return Left(tuple(listed), sum(each.count for each in found), overdue)


def _skipped(provision: NoticeProvision, person: Person) -> Task:
    is_deferred = provision.status == "deferred"
    reason = str(SkipReason(provision.reason).label) if provision.reason else ""
    return Task(
        kind="deferred" if is_deferred else "skipped",
        person=person,
        purpose=provision.version.purpose,
        why=provision.note or reason,
        since=provision.given_at,
        due_by=provision.due_on or timezone.localdate(provision.given_at),
    )


def _elsewhere(person: Person, *, first: datetime | None) -> Task:
    is_referral = person.source.kind == SourceKind.THIRD_PERSON
    return Task(
        kind="art14",
        person=person,
        purpose="referral" if is_referral else "bought_addresses",
        why=_("Quelle: %(name)s") % {"name": person.source.name},
        since=person.created_at,
        due_by=dates.due_by(collected_at=person.created_at, first_communication_at=first),
    )


def _count(rows: list[tuple[Any, ...]]) -> int:
    return int(rows[0][-1]) if rows else 0


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        parameters: Mapping[str, Any] = {"most": MOST, **values}
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


_SKIPPED = """
SELECT DISTINCT ON (left_open.given_at, subject.person_id)
       left_open.id, subject.person_id, count(*) OVER ()
FROM consent_noticeprovision left_open
JOIN consent_subject subject ON subject.ref = left_open.subject
WHERE left_open.status = ANY(%(statuses)s) AND NOT EXISTS (
    SELECT FROM consent_noticeprovision later
    JOIN consent_noticeversion version ON version.id = later.version_id
    JOIN consent_noticeversion wanted ON wanted.id = left_open.version_id
    WHERE later.subject = left_open.subject AND later.given_at >= left_open.given_at
      AND version.purpose = wanted.purpose AND version.controller_id = wanted.controller_id
      AND (later.status = ANY(%(proven)s) OR later.status = 'sent'))
ORDER BY left_open.given_at, subject.person_id
LIMIT %(most)s
"""
_ART_14 = """
SELECT person.id, (
           SELECT min(used.effective_at) FROM consent_ledgerevent used
           JOIN consent_subject called ON called.ref = used.person
           WHERE called.person_id = person.id AND used.kind = 'used'
             AND used.effective_at >= person.created_at),
       count(*) OVER ()
FROM contacts_person person
JOIN contacts_source source ON source.id = person.source_id
WHERE source.kind = ANY(%(sources)s) AND person.merged_into_id IS NULL AND NOT EXISTS (
    SELECT FROM consent_ledgerevent informed
    JOIN consent_subject subject ON subject.ref = informed.person
    WHERE subject.person_id = person.id AND informed.kind = %(informed)s)
  AND NOT EXISTS (
    SELECT FROM consent_noticeprovision sent
    JOIN consent_subject subject ON subject.ref = sent.subject
    JOIN consent_noticeversion version ON version.id = sent.version_id
    WHERE subject.person_id = person.id AND version.article = 14 AND sent.status = 'sent'
      AND NOT EXISTS (
        SELECT FROM consent_noticeprovision back
        WHERE back.subject = sent.subject AND back.status = 'bounced'
          AND back.given_at >= sent.given_at AND back.reference = sent.reference))
ORDER BY person.created_at, person.id
LIMIT %(most)s
"""
