"""Filters by qualification data: one for each criterion in use."""

from functools import partial
from typing import Any

from django.db.models import Exists, F, Func, Q, TextField, Value
from django.db.models.lookups import IContains
from django.utils.translation import gettext as _

from contacts.listing.filters.kinds import Choice, Entry, Filter, Group, Values
from contacts.listing.scope import Scope
from contacts.models import Criterion, CriterionType, CriterionValue

PREFIX = "criterion."
ANSWERED, UNANSWERED = "any", "none"
_ENTRIES = {
    CriterionType.TEXT: Entry.TEXT,
    CriterionType.NUMBER: Entry.NUMBER_RANGE,
    CriterionType.DATE: Entry.DATE_RANGE,
}


def criteria_of(scope: Scope) -> list[Criterion]:
    """The criteria of the list's records with their choices, read once per scope."""
    if "criteria" not in scope.memory:
        rows = Criterion.objects.filter(subject=scope.name.subject, is_active=True)
        scope.memory["criteria"] = list(rows.prefetch_related("choices"))
    found: list[Criterion] = scope.memory["criteria"]
    return found


def filters_of(scope: Scope) -> list[Filter]:
    """A filter ``criterion.<code>`` for each criterion."""
    return [_filter(criterion) for criterion in criteria_of(scope)]


def _filter(criterion: Criterion) -> Filter:
    entry = _ENTRIES.get(CriterionType(criterion.type), Entry.CHOICES)
    return Filter(
        code=f"{PREFIX}{criterion.code}",
        label=criterion.label,
        group=Group.CRITERIA,
        entry=entry,
        choices=partial(_choices, criterion) if entry is Entry.CHOICES else None,
        build=partial(_build, criterion),
        sentence=criterion.label.replace("%", "%%") + ": %(value)s",
        hint=criterion.help_text,
    )


def _choices(criterion: Criterion, scope: Scope) -> list[Choice]:
    if criterion.type == CriterionType.BOOLEAN:
        answers = [Choice("true", _("ja")), Choice("false", _("nein"))]
    else:
        answers = [Choice(choice.code, choice.label) for choice in criterion.choices.all()]
    return [
        *answers,
        Choice(ANSWERED, _("irgendeine Angabe")),
        Choice(UNANSWERED, _("keine Angabe")),
    ]


def _build(criterion: Criterion, scope: Scope, values: Values) -> Q:
    answers = CriterionValue.objects.filter(
        criterion=criterion, superseded_at=None, value__isnull=False
    )
    condition = Q()
    if UNANSWERED in values and criterion.type not in _ENTRIES:
        condition |= ~Q(Exists(scope.belonging(answers)))
    if wanted := _wanted(criterion, values):
        condition |= Q(Exists(scope.belonging(answers.filter(wanted))))
    return condition


def _wanted(criterion: Criterion, values: Values) -> Q | None:
    """What the value has to be; an empty condition for any answer, None for no demand on it."""
    if criterion.type == CriterionType.TEXT:
        return _united(Q(IContains(_as_text(), value)) for value in values)
    if criterion.type in _ENTRIES:
        return _within(criterion, values)
    if ANSWERED in values:
        return Q(criterion__isnull=False)
    codes = [value for value in values if value != UNANSWERED]
    if criterion.type == CriterionType.BOOLEAN:
        return _united(Q(value=(code == "true")) for code in codes)
    if criterion.type == CriterionType.CHOICE:
        return _united(Q(value__contains=code) for code in codes)
    return _united(Q(value__contains=[code]) for code in codes)


def _within(criterion: Criterion, values: Values) -> Q:
    """JSON numbers and ISO dates compare as numbers and texts."""
    first, last = (_bound(criterion, value) for value in values)
    condition = Q()
    if first is not None:
        condition &= Q(value__gte=first)
    if last is not None:
        condition &= Q(value__lte=last)
    return condition


def _bound(criterion: Criterion, value: str) -> Any:
    if not value:
        return None
    return float(value) if criterion.type == CriterionType.NUMBER else value


def _as_text() -> Func:
    return Func(
        F("value"), Value("{}"), template="(%(expressions)s)", arg_joiner=" #>> ",
        output_field=TextField(),
    )  # fmt: skip


def _united(conditions: Any) -> Q | None:
    united = None
    for condition in conditions:
        united = condition if united is None else united | condition
    return united
