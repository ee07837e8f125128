"""The qualification of a record: each criterion, its answer, and the earlier answers."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from contacts import contact_points, qualification
from contacts.contact_points import Record
from contacts.models import Criterion, CriterionSubject, CriterionValue, Person
from contacts.profile.origins import Origin, origin_of
from crm.kernel import answers
from crm.kernel.prepared import prepared


@dataclass(frozen=True, slots=True)
class Former:
    """An earlier answer and the time it held."""

    text: str
    recorded_at: datetime
    superseded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A criterion with its current answer, if any; ``allowed`` says whether it may be given.

    One that may not is not told; ``is_withheld`` says that one is stored nevertheless.
    """

    criterion: Criterion
    allowed: answers.Answer
    value: CriterionValue | None = None
    text: str = ""
    origin: Origin | None = None
    former: tuple[Former, ...] = ()
    is_withheld: bool = False


def replies_of(record: Record, *, at: datetime) -> list[Reply]:
    """All active criteria for this kind of record, in their order (three queries, and what the
    guards of values need that tell much about a person)."""
    subject = CriterionSubject.PERSON if isinstance(record, Person) else CriterionSubject.COMPANY
    values: defaultdict[int, list[CriterionValue]] = defaultdict(list)
    for value in _values(about=contact_points.column_of(record), number=record.pk):
        values[value.criterion_id].append(value)
    asked = list(_criteria(subject=subject))
    verdicts = qualification.may_hold_all(records=[record], criteria=asked, at=at)
    return [
        _reply(criterion, values[criterion.pk], verdicts[record.pk, criterion.pk], at)
        for criterion in asked
    ]


@prepared
def _values(*, about: str, number: int) -> QuerySet[CriterionValue]:
    rows = CriterionValue.objects.filter(**{about: number})
    return rows.select_related("source", "recorded_by")


@prepared
def _criteria(*, subject: str) -> QuerySet[Criterion]:
    used = Criterion.objects.filter(subject=subject, is_active=True)
    return used.prefetch_related("choices")


def _reply(
    criterion: Criterion,
    values: list[CriterionValue],
    allowed: answers.Answer,
    at: datetime,
) -> Reply:
    if not allowed:
        return Reply(criterion, allowed, is_withheld=any(each.value is not None for each in values))
    former = tuple(_former(criterion, value) for value in values if _was_an_answer(value))
    current = next((each for each in values if each.superseded_at is None), None)
    if current is None or current.value is None:
        return Reply(criterion, allowed, former=former)
    text = qualification.text_of(criterion=criterion, value=current.value)
    return Reply(criterion, allowed, current, text, origin_of(current, on=at.date()), former)


def _was_an_answer(value: CriterionValue) -> bool:
    return value.superseded_at is not None and value.value is not None


def _former(criterion: Criterion, value: CriterionValue) -> Former:
    return Former(
        text=qualification.text_of(criterion=criterion, value=value.value),
        recorded_at=value.created_at,
        superseded_at=value.superseded_at or value.created_at,
        recorded_by=str(value.recorded_by or ""),
    )
