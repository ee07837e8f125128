"""What the last run found, as a user may see it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.db.models import Q, QuerySet

from contacts.duplicates import current, queue
from contacts.duplicates.queue import Filter
from contacts.duplicates.setup import setup_of
from contacts.matching import explain
from contacts.matching.explain import Explanation
from contacts.matching.model import Model
from contacts.models import (
    RECORDS,
    Company,
    MatchingKind,
    MatchingModel,
    MatchingRun,
    PairDecision,
    Person,
    SuspectGroup,
    SuspectPair,
)
from crm.accounts.models import User
from crm.kernel import errors

Record = Person | Company


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two records that look like one, why, and what was decided of them."""

    first: Record
    second: Record
    weight: float
    band: str
    explanation: Explanation
    decision: PairDecision | None


@dataclass(frozen=True, slots=True)
class Group:
    """Records that are probably one. ``hidden`` counts members that the user may not see."""

    number: int
    kind: str
    strength: float
    band: str
    members: list[Record]
    hidden: int
    pairs: list[Suspicion] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """Some groups, strongest first; ``next`` continues behind them ("" at the end); ``total``
    counts all groups of the run in the band, those a user may not see included only for users
    who see everything."""

    groups: list[Group]
    next: str
    total: int


def page(
    *, user: User, kind: str, wanted: Filter = queue.ALL, after: str = "", limit: int = 25
) -> Page:
    """Groups of which the user sees at least one member; the number of queries is constant."""
    run = current.run_of(kind)
    if run is None:
        return Page([], "", 0)
    rows = queue.groups(user, kind, run, wanted)
    total = rows.count()
    if after:
        strength, pk = _cursor(after)
        rows = rows.filter(Q(strength__lt=strength) | Q(strength=strength, pk__gt=pk))
    found = list(rows.order_by("-strength", "pk")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    following = f"{found[-1].strength!r}_{found[-1].pk}" if more else ""
    return Page(_groups(user, kind, run, found), following, total)


def group_for(*, user: User, kind: str, number: int) -> Group:
    """One group.

    :raises errors.NotFound: there is none, or the user sees none of its members
    """
    run = current.run_of(kind)
    rows = queue.groups(user, kind, run, queue.ALL) if run else None
    row = rows.filter(number=number).first() if rows is not None else None
    if run is None or row is None:
        raise errors.NotFound(number=number)
    return _groups(user, kind, run, [row])[0]


def of_record(*, user: User, record: Record) -> list[Suspicion]:
    """The suspects of one record that the user may see, the strongest first."""
    kind, run, pairs = _pairs_of(record)
    return _suspicions(user, kind, run, list(pairs.order_by("-weight", "pk"))) if run else []


def count_of(*, user: User, record: Record) -> int:
    """How many suspects of one record the user may see."""
    kind, _run, pairs = _pairs_of(record)
    others = {pk for pair in pairs.values_list("first_id", "second_id") for pk in pair}
    others.discard(record.pk)
    return RECORDS[kind].objects.visible_to(user).filter(pk__in=others).count() if others else 0


def counts(*, user: User, kind: str, wanted: Filter = queue.ALL) -> dict[str, int]:
    """How many groups the user sees in each band."""
    run = current.run_of(kind)
    if run is None:
        return dict.fromkeys(explain.BANDS, 0)
    return queue.by_band(queue.groups(user, kind, run, replace(wanted, band="")))


def _cursor(after: str) -> tuple[float, int]:
    strength, _sign, pk = after.rpartition("_")
    try:
        return float(strength), int(pk)
    except ValueError as error:
        raise errors.Invalid({"after": ["?"]}) from error


def _groups(user: User, kind: str, run: MatchingRun, rows: Sequence[SuspectGroup]) -> list[Group]:
    numbers = [row.number for row in rows]
    members = {pk for row in rows for pk in row.members}
    pairs = SuspectPair.objects.filter(
        kind=kind, generation=run.generation, first_id__in=members, group__in=numbers
    )
    seen = _records(user, kind, members)
    of_group: defaultdict[int, list[Suspicion]] = defaultdict(list)
    ordered = list(pairs.order_by("-weight", "pk"))
    for pair, suspicion in _explained(kind, run, ordered, seen):
        of_group[pair.group or 0].append(suspicion)
    return [
        Group(
            number=row.number,
            kind=kind,
            strength=row.strength,
            band=explain.band(row.strength),
            members=[seen[pk] for pk in row.members if pk in seen],
            hidden=sum(pk not in seen for pk in row.members),
            pairs=of_group[row.number],
        )
        for row in rows
    ]


def _pairs_of(record: Record) -> tuple[str, MatchingRun | None, QuerySet[SuspectPair]]:
    """The pairs of a record that the present run suspects, and that run; none without a run."""
    kind = (record._meta.model_name or "").upper()
    run = current.run_of(kind)
    if run is None:
        return kind, None, SuspectPair.objects.none()
    pairs = SuspectPair.objects.filter(
        Q(first_id=record.pk) | Q(second_id=record.pk), kind=kind, generation=run.generation
    )
    return kind, run, pairs


def _suspicions(
    user: User, kind: str, run: MatchingRun, pairs: Sequence[SuspectPair]
) -> list[Suspicion]:
    seen = _records(user, kind, {pk for pair in pairs for pk in (pair.first_id, pair.second_id)})
    return [suspicion for _pair, suspicion in _explained(kind, run, pairs, seen)]


def _records(user: User, kind: str, ids: Iterable[int]) -> dict[int, Record]:
    """The records that the user may see, with what a list shows of them."""
    rows = RECORDS[kind].objects.visible_to(user).filter(pk__in=list(ids))
    related = ["contact_points__contact_point", "addresses", "source"]
    if kind == MatchingKind.PERSON:
        related.append("employments__company")
    return {record.pk: record for record in rows.prefetch_related(*related)}


def _explained(
    kind: str, run: MatchingRun, pairs: Sequence[SuspectPair], seen: Mapping[int, Record]
) -> list[tuple[SuspectPair, Suspicion]]:
    """Pairs of which both records are seen."""
    if not pairs or run.model is None:
        return []
    model = model_of(run.model)
    name = MatchingKind(kind).value.lower()
    decided = {
        (getattr(each, f"first_{name}_id"), getattr(each, f"second_{name}_id")): each
        for each in PairDecision.objects.filter(
            withdrawn_at=None, **{f"first_{name}__in": [pair.first_id for pair in pairs]}
        ).select_related("decided_by")
    }
    found = []
    for pair in pairs:
        if pair.first_id in seen and pair.second_id in seen:
            why = explain.explain(pair.pattern, model)
            decision = decided.get((pair.first_id, pair.second_id))
            found.append(
                (
                    pair,
                    Suspicion(
                        seen[pair.first_id], seen[pair.second_id], pair.weight,
                        explain.band(pair.weight), why, decision,
                    ),
                )
            )  # fmt: skip
    return found


def model_of(stored: MatchingModel) -> Model:
    """The stored model, read once per process."""
    return model_by(stored.pk)


@lru_cache(maxsize=4)
def model_by(pk: int) -> Model:
    """The model with this primary key, read once per process."""
    stored = MatchingModel.objects.get(pk=pk)
    return Model.from_json(stored.data, setup_of(stored.kind).layout)
