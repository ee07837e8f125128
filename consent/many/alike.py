"""Who gets the same answer: persons whose key is equal, see :mod:`consent.digests`.

A key holds everything that the rules look at, with times replaced by what they are compared
with: the instant asked for, and the periods of the policy before it.
"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from consent import digests, gate, suppression
from consent.decision.codes import PURPOSES, PurposeClass
from consent.decision.consents import OF_AGE, age, months_later
from consent.decision.doubts import LONG_AGO
from consent.many.asking import Ask
from consent.many.candidates import Candidate
from consent.models import ABOUT_THE_POINT, SuppressionEntry

_CALENDAR = timedelta(days=5) // timedelta(microseconds=1)
"""Months differ in length: this close to the end of a period the calendar is asked."""
_AHEAD = -1
_MICROSECOND = timedelta(microseconds=1)


class Listed(NamedTuple):
    """An entry of a list against a value, known by then; ``since`` in microseconds since 1970."""

    channel: str
    list: str
    is_lifted: bool
    since: int

    @property
    def alone(self) -> Hashable:
        """What of it counts without a consent."""
        return (self.channel, self.list, self.is_lifted)

    def beside(self, first: int, moments: Sequence[int]) -> Hashable | None:
        """What of it counts beside consents, the first of them given at ``first``; none is younger
        than the last of the ``moments``. None: which of them are younger has to be looked up."""
        if self.since < first:
            return (*self[:3], "before all of them")
        if self.since >= max(moments):
            return (*self[:3], "after all of them")
        return None


class Keys:
    """Keys of candidates for one question; the ledger is asked a fixed number of times a slice."""

    def __init__(self, ask: Ask) -> None:
        self._latest = latest(ask)
        self._periods = Periods(ask)
        self._is_alone = is_alone(ask)
        folded_to, self._on_lists = _as_it_stands()
        self._heard_to = min(folded_to, ask.size)
        self._fresh: set[UUID] = set()

    def of(self, candidates: Sequence[Candidate]) -> list[Hashable | None]:
        """A key for each, None for one whose events have to be read (three statements)."""
        if self._is_alone:
            return [None] * len(candidates)
        self._hear()
        suppressed = self._suppressions(candidates)
        objected = _objections(candidates)
        return [
            self._key(
                each,
                suppressed.get(each.person, ()),
                objected.get(each.reference, frozenset()) if objected else frozenset(),
            )
            for each in candidates
        ]

    def _hear(self) -> None:
        """Who has news: asked when the candidates are read, so that no digest has heard more."""
        with connection.cursor() as cursor:
            cursor.execute(_NEWS, [self._heard_to])
            ((heard_to, persons),) = cursor.fetchall()
        self._fresh.update(persons or ())
        self._heard_to = heard_to or self._heard_to

    def _key(
        self,
        candidate: Candidate,
        suppressed: tuple[Listed, ...] | None,
        objecting: frozenset[UUID | None],
    ) -> Hashable | None:
        if (
            candidate.subjects > 1
            or candidate.subject in self._fresh
            or suppressed is None
            or (objecting and (None in objecting or objecting != {candidate.subject}))
        ):
            return None
        seen = (candidate.status, candidate.source, candidate.purpose, candidate.has_job)
        if candidate.shape is None:
            return (seen, tuple(each.alone for each in suppressed))
        shape = bytes(candidate.shape)
        recorded_to, first, *moments = candidate.moments
        has_consents = first != digests.NEVER
        listed = tuple(
            each.beside(first, moments) if has_consents else each.alone for each in suppressed
        )
        if (
            not shape
            or recorded_to > self._latest
            or None in listed
            or (
                candidate.born is not None and has_consents and _may_be_minor(candidate.born, first)
            )
        ):
            return None
        place = _place(candidate.reference, candidate.points)
        return (seen, listed, shape, place, *map(self._periods.place_of, moments))

    def _suppressions(
        self, candidates: Sequence[Candidate]
    ) -> dict[int, tuple[Listed, ...] | None]:
        """What stands against the values on lists; None: something that was not known then."""
        if not self._on_lists:
            return {}
        by_value: dict[bytes, list[int]] = {}
        for each in candidates:
            key = suppression.match_key(kind=each.kind, normalised=each.normalised)
            if key in self._on_lists:
                by_value.setdefault(key, []).append(each.person)
        if not by_value:
            return {}
        entries = SuppressionEntry.objects.filter(match_key__in=list(by_value)).values_list(
            "match_key",
            "channel",
            "list",
            "opened__effective_at",
            "opened__recorded_at",
            "closed__recorded_at",
        )
        found: dict[bytes, tuple[Listed, ...] | None] = {}
        for value, channel, name, since, opened, closed in entries.order_by("opened__seq"):
            key, before = bytes(value), found.get(bytes(value), ())
            is_known = all(digests.micros(at) <= self._latest for at in (opened, closed) if at)
            entry = Listed(channel, name, closed is not None, digests.micros(since))
            found[key] = None if before is None or not is_known else (*before, entry)
        return {person: entry for key, entry in found.items() for person in by_value[key]}


def is_alone(ask: Ask) -> bool:
    """Whether everybody's events have to be read: if a double opt-in is still open depends on
    days and hours."""
    return PURPOSES.get(ask.purpose) is PurposeClass.DOUBLE_OPT_IN


def latest(ask: Ask) -> int:
    """What was recorded later than this does not count."""
    return digests.micros(min(ask.at, ask.known_at or ask.at))


class Periods:
    """Where a moment lies among the instants that rules compare it with."""

    def __init__(self, ask: Ask) -> None:
        policy = gate.POLICY
        months = {
            policy.stale_after_months,
            policy.review_after_months,
            policy.presumed_months,
            LONG_AGO,
        }
        self._asked = ask.at
        self._at = digests.micros(ask.at)
        self._windows = []
        for number in sorted(months, reverse=True):
            middle = digests.micros(months_later(ask.at, -number))
            self._windows.append((middle - _CALENDAR, middle + _CALENDAR, number))

    @property
    def bounds(self) -> list[int]:
        """Where windows begin and end, and the instant asked for: the places between them have
        numbers, those of odd numbers but the last are windows."""
        ends = [end for first, last, _months in self._windows for end in (first, last + 1)]
        return [*ends, self._at + 1]

    @property
    def near(self) -> range:
        """The numbers of places where the calendar has to be asked."""
        return range(1, 2 * len(self._windows), 2)

    def place_between(self, number: int) -> int:
        """What :meth:`place_of` says of all moments between two bounds, where no window is."""
        return len(self._windows) - number // 2 if number <= 2 * len(self._windows) else _AHEAD

    def place_of(self, moment: int) -> int:
        """Over how many of the policy's periods it is, or that it lies ahead."""
        if moment > self._at:
            return _AHEAD
        over = 0
        for first, last, months in self._windows:
            if moment < first or (moment <= last and self._is_over(moment, months)):
                over += 1
        return over

    def _is_over(self, moment: int, months: int) -> bool:
        began = digests.EPOCH + moment * _MICROSECOND
        return months_later(began, months) <= self._asked


def _may_be_minor(born: date, first_consent: int) -> bool:
    """Whether the first consent was given before the birthday of Art. 8 GDPR."""
    given = digests.EPOCH + first_consent * _MICROSECOND
    return age(born, given.date()) < OF_AGE


def _place(reference: UUID | None, points: bytes) -> int:
    """Which of the digest's contact points is the candidate's; -1: none of them."""
    if reference is None:
        return -1
    own = reference.bytes
    for at in range(0, len(points), 16):
        if points[at : at + 16] == own:
            return at
    return -1


def _as_it_stands() -> tuple[int, frozenset[bytes]]:
    """Up to which event everything is folded, and all values that ever stood on a list: most
    candidates are not among them."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        ((folded_to, on_lists),) = cursor.fetchall()
    return folded_to or 0, frozenset(bytes(key) for key in on_lists)


def _objections(candidates: Iterable[Candidate]) -> dict[UUID | None, frozenset[UUID | None]]:
    """Who objected over which of the contact points."""
    points = ",".join(each.reference.hex for each in candidates if each.reference is not None)
    with connection.cursor() as cursor:
        cursor.execute(_OBJECTIONS, [f"{{{points}}}"])
        return {point: frozenset(persons) for point, persons in cursor.fetchall()}


_STANDING = """
    SELECT (SELECT folded_to FROM consent_digestprogress WHERE id = 1),
           ARRAY(SELECT match_key FROM consent_suppressionentry)
"""
_NEWS = """
    SELECT max(seq), array_agg(DISTINCT person) FILTER (WHERE person IS NOT NULL)
    FROM consent_ledgerevent WHERE seq > %s
"""
_OBJECTIONS = f"""
    SELECT point, array_agg(DISTINCT person) FROM consent_ledgerevent
    WHERE point = ANY(%s::uuid[]) AND kind IN ({", ".join(f"'{kind}'" for kind in ABOUT_THE_POINT)})
    GROUP BY point
"""
