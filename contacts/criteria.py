"""Criteria: what is asked about contacts, and how often it is answered. Fewer is more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from contacts import writing
from contacts.models import (
    Company,
    Criterion,
    CriterionChoice,
    CriterionSubject,
    CriterionType,
    CriterionValue,
    Person,
    Sensitivity,
)
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors

FIELDS = frozenset({"label", "help_text", "sensitivity", "owner", "position"})
WITH_CHOICES = frozenset({CriterionType.CHOICE, CriterionType.CHOICES})
RARELY_FILLED = 0.05
GRACE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Use:
    """How much a criterion is used: ``filled`` of ``total`` records have an answer."""

    criterion: Criterion
    filled: int
    total: int
    last_answer_at: datetime | None
    propose_retirement: bool

    @property
    def rate(self) -> float:
        """Fill rate between 0 and 1."""
        return self.filled / self.total if self.total else 0.0


@transaction.atomic
def create(
    *,
    actor: User | None,
    label: str,
    subject: str,
    type: str,
    code: str = "",
    help_text: str = "",
    sensitivity: str = Sensitivity.NORMAL,
    owner: User | None = None,
    choices: Sequence[str] = (),
    at: datetime,
) -> Criterion:
    """Define a criterion; ``choices`` are the labels of possible answers.

    :raises errors.Invalid: label missing or taken, choices missing or not wanted
    """
    if actor is not None:
        policy.require(actor, policy.Permission.CRITERIA_MANAGE)
    highest = Criterion.objects.aggregate(highest=Max("position"))["highest"]
    criterion = Criterion(
        code=code.strip() or _free_code(label),
        label=label.strip(),
        help_text=help_text.strip(),
        subject=subject,
        type=type,
        sensitivity=sensitivity,
        owner=owner,
        position=0 if highest is None else highest + 1,
        created_at=at,
    )
    _check(criterion)
    criterion.save()
    _write_choices(criterion, choices)
    changes = audit.diff(
        {}, {"label": criterion.label, "type": type, "sensitivity": sensitivity, "choices": choices}
    )
    audit.record(actor=actor, action="criterion.created", at=at, target=criterion, changes=changes)
    return criterion


@transaction.atomic
def update(
    *,
    actor: User,
    criterion: Criterion,
    values: dict[str, Any],
    choices: Sequence[str] | None = None,
    at: datetime,
) -> Criterion:
    """Change label, help, sensitivity, owner or position (keys: :data:`FIELDS`), or the choices.

    Choices left out are retired, not deleted: given answers keep their meaning.

    :raises errors.Invalid: label taken, no choices left
    """
    policy.require(actor, policy.Permission.CRITERIA_MANAGE)
    if unknown := sorted(set(values) - FIELDS):
        raise errors.Invalid({name: [_("Das lässt sich nicht ändern.")] for name in unknown})
    criterion = Criterion.objects.select_for_update(of=("self",)).get(pk=criterion.pk)
    changes = audit.diff({name: getattr(criterion, name) for name in values}, values)
    for name, value in values.items():
        setattr(criterion, name, value)
    _check(criterion)
    criterion.save()
    if choices is not None:
        before = _choice_labels(criterion)
        _write_choices(criterion, choices)
        changes |= audit.diff({"choices": before}, {"choices": _choice_labels(criterion)})
    if changes:
        audit.record(
            actor=actor, action="criterion.updated", at=at, target=criterion, changes=changes
        )
    return criterion


@transaction.atomic
def set_active(*, actor: User, criterion: Criterion, is_active: bool, at: datetime) -> Criterion:
    """Retire a criterion (no new answers, the given ones stay) or take it back."""
    policy.require(actor, policy.Permission.CRITERIA_MANAGE)
    changes = audit.diff({"is_active": criterion.is_active}, {"is_active": is_active})
    if changes:
        criterion.is_active = is_active
        criterion.save(update_fields=["is_active"])
        action = "criterion.reactivated" if is_active else "criterion.retired"
        audit.record(actor=actor, action=action, at=at, target=criterion, changes=changes)
    return criterion


def uses(*, at: datetime) -> list[Use]:
    """All criteria with their fill rates, in order (four queries whatever their number).

    One that is older than 90 days and answered for fewer than 5 % is proposed for retirement.
    """
    totals = {
        CriterionSubject.PERSON.value: Person.objects.count(),
        CriterionSubject.COMPANY.value: Company.objects.count(),
    }
    answered = {
        row["criterion"]: (row["filled"], row["last"])
        for row in CriterionValue.objects.filter(superseded_at__isnull=True)
        .values("criterion")
        .annotate(filled=Count("pk", filter=Q(value__isnull=False)), last=Max("created_at"))
    }
    return [
        _use(criterion, answered.get(criterion.pk, (0, None)), totals[criterion.subject], at)
        for criterion in Criterion.objects.select_related("owner").prefetch_related("choices")
    ]


def _use(
    criterion: Criterion, answered: tuple[int, datetime | None], total: int, at: datetime
) -> Use:
    filled, last = answered
    is_rare = total > 0 and filled < total * RARELY_FILLED
    is_old = at - criterion.created_at > GRACE
    return Use(
        criterion=criterion,
        filled=filled,
        total=total,
        last_answer_at=last,
        propose_retirement=criterion.is_active and is_rare and is_old,
    )


def _check(criterion: Criterion) -> None:
    if not criterion.label:
        raise errors.Invalid({"label": [_("Bitte geben Sie dem Kriterium einen Namen.")]})
    same = Criterion.objects.filter(label__iexact=criterion.label, subject=criterion.subject)
    if same.exclude(pk=criterion.pk).exists():
        raise errors.Invalid({"label": [_("Ein Kriterium mit diesem Namen gibt es schon.")]})
    if Criterion.objects.filter(code=criterion.code).exclude(pk=criterion.pk).exists():
        raise errors.Invalid({"code": [_("Dieses Kürzel ist vergeben.")]})
    writing.checked(criterion)


def _write_choices(criterion: Criterion, labels: Sequence[str]) -> None:
    wanted = list(dict.fromkeys(label.strip() for label in labels if label.strip()))
    if criterion.type in WITH_CHOICES and not wanted:
        raise errors.Invalid({"choices": [_("Bitte nennen Sie wenigstens eine Antwort.")]})
    if criterion.type not in WITH_CHOICES and wanted:
        raise errors.Invalid({"choices": [_("Diese Art von Kriterium hat keine Auswahl.")]})
    existing = {choice.label: choice for choice in criterion.choices.all()}
    for position, label in enumerate(wanted):
        choice = existing.pop(label, None) or CriterionChoice(
            criterion=criterion, label=label, code=_choice_code(criterion, label)
        )
        choice.position, choice.is_active = position, True
        writing.checked(choice).save()
    CriterionChoice.objects.filter(pk__in=[choice.pk for choice in existing.values()]).update(
        is_active=False
    )


def _choice_labels(criterion: Criterion) -> list[str]:
    return [choice.label for choice in criterion.choices.filter(is_active=True)]


def _choice_code(criterion: Criterion, label: str) -> str:
    return _free(_slug(label), taken=set(criterion.choices.values_list("code", flat=True)))


def _free_code(label: str) -> str:
    return _free(_slug(label), taken=set(Criterion.objects.values_list("code", flat=True)))


def _slug(label: str) -> str:
    german = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "+": "plus"})
    return slugify(label.casefold().translate(german))[:50] or "x"


def _free(wanted: str, *, taken: set[str]) -> str:
    number, code = 2, wanted
    while code in taken:
        code, number = f"{wanted}-{number}", number + 1
    return code
