"""The queue of suspect groups: which there are, which are still open, and which comes next."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)

from contacts.duplicates import current
from contacts.duplicates.viewed import Viewed
from contacts.matching import explain
from contacts.models import (
    RECORDS,
    ImportRun,
    MatchingRun,
    PairDecision,
    Source,
    SuspectGroup,
    SuspectPair,
)
from crm.accounts.models import User, Visibility
from crm.kernel import errors


@dataclass(frozen=True, slots=True)
class Filter:
    """Groups of one strength, with a member of one source, import or saved view, and with
    ``is_open`` only those of which the user can still settle a pair."""

    band: str = ""
    source: Source | None = None
    import_run: ImportRun | None = None
    view: Viewed | None = None
    is_open: bool = False


ALL: Final = Filter()


def source_named(public_id: UUID) -> Source:
    """A source to filter by.

    :raises errors.NotFound: there is no such source
    """
    found = Source.objects.filter(public_id=public_id).first()
    if found is None:
        raise errors.NotFound(source=str(public_id))
    return found


def groups(user: User, kind: str, run: MatchingRun, wanted: Filter) -> QuerySet[SuspectGroup]:
    """The groups of a run with a member that the user may see, as far as they are wanted."""
    rows = within(_visible(user, kind, run), wanted.band)
    seen = RECORDS[kind].objects.visible_to(user).order_by()
    if wanted.source is not None:
        rows = rows.filter(_has_member(seen.filter(source=wanted.source)))
    if wanted.import_run is not None:
        imported = wanted.import_run.rows.filter(**{f"{kind.lower()}__isnull": False}).order_by()
        rows = rows.filter(_has_member(seen.filter(pk__in=imported.values(kind.lower()))))
    if wanted.view is not None:
        rows = rows.filter(_has_member(seen.filter(wanted.view.condition)))
    if wanted.is_open:
        rows = rows.filter(_has_open_pair(user, kind, run))
    return rows


def within(rows: QuerySet[SuspectGroup], band: str) -> QuerySet[SuspectGroup]:
    """Those of one strength; all without one."""
    if not band:
        return rows
    if band not in explain.BANDS:
        raise errors.Invalid({"band": [f"{', '.join(explain.BANDS)}"]})
    return rows.filter(_strength(band))


def by_band(rows: QuerySet[SuspectGroup]) -> dict[str, int]:
    """How many of the groups have each strength (one query)."""
    wanted = {band: Count("pk", filter=_strength(band)) for band in explain.BANDS}
    found: dict[str, int] = rows.order_by().aggregate(**wanted)
    return found


def step(
    *, user: User, kind: str, wanted: Filter, number: int, back: bool = False,
    passed: Collection[int] = (),
) -> int | None:  # fmt: skip
    """The number of the group behind (or before) this one that was not passed over; None if
    there is none. A group that is gone by now has no place: then it is the strongest."""
    run = current.run_of(kind)
    if run is None:
        return None
    rows = groups(user, kind, run, wanted).exclude(number__in=[number, *passed])
    here = SuspectGroup.objects.filter(generation=run.generation, number=number).first()
    if here is not None:
        rows = rows.filter(_before(here) if back else _behind(here))
    order = (F("strength").asc(), F("pk").desc()) if back else (F("strength").desc(), F("pk").asc())
    return rows.order_by(*order).values_list("number", flat=True).first()


def first_of(*, user: User, kind: str, wanted: Filter, numbers: Iterable[int]) -> int | None:
    """The first of these numbers that is still a wanted group."""
    run, asked = current.run_of(kind), list(numbers)
    if run is None or not asked:
        return None
    rows = groups(user, kind, run, wanted).filter(number__in=asked)
    there = set(rows.values_list("number", flat=True))
    return next((number for number in asked if number in there), None)


def count(*, user: User, kind: str, wanted: Filter, most: int) -> int:
    """How many groups are wanted; counting ends at ``most``."""
    run = current.run_of(kind)
    if run is None:
        return 0
    return groups(user, kind, run, wanted).order_by().values("pk")[:most].count()


def _strength(band: str) -> Q:
    low, high = explain.BANDS[band]
    return Q(strength__gte=low) if high is None else Q(strength__gte=low, strength__lt=high)


def _behind(here: SuspectGroup) -> Q:
    return Q(strength__lt=here.strength) | Q(strength=here.strength, pk__gt=here.pk)


def _before(here: SuspectGroup) -> Q:
    return Q(strength__gt=here.strength) | Q(strength=here.strength, pk__lt=here.pk)


def _visible(user: User, kind: str, run: MatchingRun) -> QuerySet[SuspectGroup]:
    """Groups with a member that the user may see."""
    rows = SuspectGroup.objects.filter(kind=kind, generation=run.generation)
    if user.access.visibility == Visibility.ALL:
        return rows
    return rows.filter(_has_member(RECORDS[kind].objects.visible_to(user).order_by()))


def _has_member(records: QuerySet[Any]) -> Subquery:
    """Whether a member of the group is among the records.

    A value and no ``EXISTS``, so that PostgreSQL looks up each group's few members by key. An
    ``EXISTS`` can become a join, and as ``= ANY`` can be neither hashed nor sorted, one of every
    group with every record, as soon as the planner takes the records for few.
    """
    there = records.filter(_is_any_of("pk", "members")).values(there=Value(True))
    return Subquery(there[:1], output_field=BooleanField())


def _has_open_pair(user: User, kind: str, run: MatchingRun) -> Exists:
    """A pair of the group of which nobody said that the two are different."""
    name = kind.lower()
    apart = PairDecision.objects.filter(
        withdrawn_at=None,
        verdict=PairDecision.Verdict.DIFFERENT,
        **{f"first_{name}": OuterRef("first_id"), f"second_{name}": OuterRef("second_id")},
    )
    pairs = SuspectPair.objects.filter(
        _is_any_of("first_id", "members"),
        ~Exists(apart.order_by()),
        generation=run.generation,
        kind=kind,
        group=OuterRef("number"),
    )
    if user.access.visibility != Visibility.ALL:
        seen = RECORDS[kind].objects.visible_to(user).order_by().values("pk")
        pairs = pairs.filter(first_id__in=seen, second_id__in=seen)
    return Exists(pairs.order_by())


def _is_any_of(column: str, outer: str) -> Func:
    """``column = ANY(array of the outer row)``: an index finds the few rows of a group."""
    return Func(
        F(column),
        OuterRef(outer),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
