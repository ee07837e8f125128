"""Digests: the events of each subject folded into a shape, its times and its contact points.

A campaign asks the rules once for each shape instead of once for each person. Two subjects have
the same shape if their events differ in nothing that a rule looks at but

- when they took effect, as long as they did so in the same order,
- over which contact point, as long as the same ones are the same,
- when a consent was last given, confirmed or used, when an interest or a sale was noted, and when
  something ends: those are the ``moments``, which :mod:`consent.many` compares with the instant
  asked for,
- what no rule reads: how often a consent was used, ids, hashes, payloads.

Folding follows the ledger, which only grows: :func:`catch_up` folds the subjects of new events.
What is not folded yet is read event by event, so an old digest costs time, never a wrong answer.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from consent import facts, point_keys, recording
from consent.decision.codes import PURPOSES
from consent.models import ROOTS, DigestProgress, EventKind, LedgerEvent, Subject, SubjectDigest

BATCH = 5000
NEVER = -(2**63)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNHEARD = (
    EventKind.MERGED,
    EventKind.UNMERGED,
    EventKind.TEXT_PUBLISHED,
    EventKind.TEXT_RETIRED,
    EventKind.ERASED,
)
"""Kinds that no rule hears of: who is one person is told by the references."""
_ENDS = ("until", "valid_until")
_MICROSECOND = timedelta(microseconds=1)


class Folded(NamedTuple):
    """See :class:`consent.models.SubjectDigest`; the first two moments are when the last event
    was recorded and when the first consent was given (:data:`NEVER`: there is none)."""

    shape: bytes
    moments: list[int]
    points: bytes


@dataclass(slots=True)
class Uses:
    """Uses of one consent: the last one's time."""

    last: datetime


def catch_up(*, most: int | None = None) -> int:
    """Fold the subjects of events that came since the last time; returns how many events.

    ``most``: do nothing if there are more events than that, and leave the keys of contact points
    (:mod:`consent.point_keys`) to another time. While somebody else is at it, nothing is done
    either.
    """
    if most is None:
        point_keys.catch_up()
    with transaction.atomic():
        DigestProgress.objects.get_or_create(pk=1)
        rows = DigestProgress.objects.select_for_update(skip_locked=True)
        progress = rows.filter(pk=1).first()
        if progress is None:
            return 0
        size = recording.size()
        behind = size - progress.folded_to
        if not behind or (most is not None and behind > most):
            return 0
        for refs in _batches(_subjects_since(progress.folded_to, to=size)):
            fold(refs)
        progress.folded_to = size
        progress.save()
    return behind


def rebuild() -> None:
    """Forget all digests and fold the whole ledger again; contact points get their keys anew."""
    with transaction.atomic():
        SubjectDigest.objects.all().delete()
        DigestProgress.objects.update_or_create(pk=1, defaults={"folded_to": 0})
        point_keys.forget()
        catch_up()


def folded_to() -> int:
    """The number of the last event that is folded."""
    return DigestProgress.objects.values_list("folded_to", flat=True).first() or 0


def fold(refs: Sequence[UUID]) -> None:
    """Write the digests of these subjects anew (four statements)."""
    events: dict[UUID, list[LedgerEvent]] = {}
    uses: dict[UUID, dict[UUID, Uses]] = {}
    recorded: dict[UUID, datetime] = {}
    concerned = LedgerEvent.objects.filter(person__in=refs)
    for event in (
        concerned.exclude(kind__in=[*_UNHEARD, EventKind.USED])
        .defer("leaf_hash", "chain_hash", "evidence", "text", "commitment", "actor")
        .order_by("seq")
    ):
        if event.person is not None:
            events.setdefault(event.person, []).append(event)
    for person, about, last, known in (
        concerned.filter(kind=EventKind.USED)
        .values_list("person", "about")
        .annotate(Max("effective_at"), Max("recorded_at"))
        .order_by()
    ):
        recorded[person] = max(known, recorded.get(person, known))
        if about is not None:
            uses.setdefault(person, {})[about] = Uses(last)
    rows = []
    for pk, ref in Subject.objects.filter(ref__in=refs).values_list("pk", "ref"):
        own = events.get(ref, [])
        if not own and ref not in recorded:
            continue
        times = [event.recorded_at for event in own]
        times += [recorded[ref]] if ref in recorded else []
        folded = folded_from(own, uses.get(ref, {}), recorded_to=max(times))
        rows.append(SubjectDigest(subject_id=pk, **folded._asdict()))
    SubjectDigest.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["subject"],
        update_fields=list(Folded._fields),
    )


def folded_from(
    events: Sequence[LedgerEvent], uses: Mapping[UUID, Uses], *, recorded_to: datetime
) -> Folded:
    """The digest of one subject's events, which come in the order of the ledger, without uses."""
    fold = _Fold(events, uses)
    body = [fold.spelled(event) for event in events]
    roots = [event for event in events if event.kind in ROOTS]
    moments = [
        micros(recorded_to),
        micros(min(event.effective_at for event in roots)) if roots else NEVER,
        *fold.moments,
    ]
    shape = b"" if fold.is_special else hashlib.blake2b(_text(body), digest_size=16).digest()
    return Folded(
        shape=shape,
        moments=moments,
        points=b"".join(point.bytes for point in fold.points),
    )


def micros(moment: datetime) -> int:
    """Microseconds since 1970."""
    return (moment - EPOCH) // _MICROSECOND


@dataclass(slots=True)
class _Fold:
    """Spells events without what is a subject's own: those parts gather here."""

    events: Sequence[LedgerEvent]
    uses: Mapping[UUID, Uses]
    moments: list[int] = field(default_factory=list)
    points: dict[UUID, int] = field(default_factory=dict)
    is_special: bool = False
    _place: dict[UUID, int] = field(init=False)
    _rank: dict[datetime, int] = field(init=False)
    _age: dict[UUID, int] = field(init=False)
    _signs: dict[UUID, datetime] = field(init=False)

    def __post_init__(self) -> None:
        self._place = {event.public_id: at for at, event in enumerate(self.events)}
        times = sorted({event.effective_at for event in self.events})
        self._rank = {time: rank for rank, time in enumerate(times)}
        self._age = _ages(self.events)
        self._signs = {each: used.last for each, used in self.uses.items()}
        for event in self.events:
            if event.kind == EventKind.CONFIRMED and event.about is not None:
                before = self._signs.get(event.about, event.effective_at)
                self._signs[event.about] = max(before, event.effective_at)

    def spelled(self, event: LedgerEvent) -> list[Any]:
        """Everything that a rule may look at."""
        if event.kind in ROOTS:
            last = self._signs.get(event.public_id, event.effective_at)
            self._moment(max(last, event.effective_at))
        elif event.kind in (EventKind.PRESUMED, EventKind.SALE):
            self._moment(event.effective_at)
        return [
            event.kind,
            self._rank[event.effective_at],
            self._age[event.public_id],
            event.public_id in self.uses,
            None if event.about is None else self._place.get(event.about, -1),
            None if event.point is None else self._point(event.point),
            None if event.controller is None else str(event.controller),
            list(event.channels),
            list(event.purposes),
            sorted((key, self._detail(key, value)) for key, value in event.details.items()),
        ]

    def _detail(self, key: str, value: Any) -> Any:
        if key in _ENDS and value:
            self._moment(facts.end_of(value))
            return True
        if key == "cp_given_for" and value and not set(value) <= PURPOSES.keys():
            self.is_special = True  # it may name a contact point
        return value

    def _moment(self, moment: datetime) -> None:
        self.moments.append(micros(moment))

    def _point(self, point: UUID) -> int:
        return self.points.setdefault(point, len(self.points))


def _ages(events: Sequence[LedgerEvent]) -> dict[UUID, int]:
    """Events of the same instant come in this order (:mod:`consent.decision.knowing`)."""
    ages: dict[UUID, int] = {}
    ordered = sorted(events, key=_by_age)
    for _time, same in groupby(ordered, key=lambda event: event.effective_at):
        ages |= {event.public_id: at for at, event in enumerate(same)}
    return ages


def _by_age(event: LedgerEvent) -> tuple[datetime, datetime, str]:
    return event.effective_at, event.recorded_at, str(event.public_id)


def _text(body: list[Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def _subjects_since(seq: int, *, to: int) -> Iterator[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT person FROM consent_ledgerevent "
            "WHERE seq > %s AND seq <= %s AND person IS NOT NULL",
            [seq, to],
        )
        while rows := cursor.fetchmany(BATCH):
            for (ref,) in rows:
                yield ref


def _batches(refs: Iterable[UUID]) -> Iterator[list[UUID]]:
    waiting = iter(refs)
    while batch := list(islice(waiting, BATCH)):
        yield batch
