"""Qualification values: typed, sourced, with their history; sensitive ones behind a guard."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from contacts import access, contact_points, writing
from contacts.models import (
    Criterion,
    CriterionSubject,
    CriterionType,
    CriterionValue,
    MergeEntry,
    Person,
    Sensitivity,
    Source,
)
from crm.accounts.models import User
from crm.kernel import answers, audit, erasing, errors, removing
from crm.kernel.models import AuditEntry

Verdicts = Mapping[tuple[int, int], answers.Answer]
"""An answer by the numbers of record and criterion."""
Guard = Callable[[Sequence[contact_points.Record], Sequence[Criterion], datetime], Verdicts]
GUARDED = frozenset({Sensitivity.PERSONALITY, Sensitivity.SPECIAL})
MAX_TEXT = 1000
LARGEST = Decimal(10) ** 15
_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_guards: list[Guard] = []


class SensitiveValueRefused(errors.DomainError):
    """No guard allows a value of this sensitivity for this person."""

    code = "sensitive-value-refused"


def register_guard(guard: Guard) -> None:
    """Let ``guard`` decide on values that tell much about a person.

    It is asked for records of one kind and criteria at once, and answers for each of both.
    Without a guard such values are refused; with several, all must allow the value.
    """
    _guards.append(guard)


def guarded() -> QuerySet[Criterion]:
    """Criteria that are asked about persons and whose values need permission."""
    return Criterion.objects.filter(
        is_active=True, subject=CriterionSubject.PERSON, sensitivity__in=GUARDED
    )


def may_hold(
    *, record: contact_points.Record, criterion: Criterion, at: datetime
) -> answers.Answer:
    """Whether a value of the criterion may be stored for the record."""
    return may_hold_all(records=[record], criteria=[criterion], at=at)[record.pk, criterion.pk]


def may_hold_all(
    *,
    records: Sequence[contact_points.Record],
    criteria: Iterable[Criterion],
    at: datetime,
) -> Verdicts:
    """Whether values of the criteria may be stored for the records, which are of one kind.

    Costs nothing where no criterion is guarded.
    """
    asked = list(criteria)
    guarded = [each for each in asked if each.sensitivity in GUARDED]
    verdicts = {(record.pk, each.pk): answers.YES for record in records for each in asked}
    if not guarded or not records:
        return verdicts
    said = [guard(records, guarded, at) for guard in _guards]
    for record in records:
        for criterion in guarded:
            key = record.pk, criterion.pk
            found = [verdicts_of[key] for verdicts_of in said] or [_unguarded(criterion)]
            verdicts[key] = next((each for each in found if not each), found[0])
    return verdicts


def _unguarded(criterion: Criterion) -> answers.Answer:
    return answers.no(
        code="sensitive-without-consent",
        reason=_("„%(criterion)s“ verrät zu viel über den Menschen, um es einfach zu speichern.")
        % {"criterion": criterion.label},
        remedy=_("Erst eine Einwilligung der Person in genau diese Angabe würde es erlauben."),
    )


@transaction.atomic
def set_value(
    *,
    actor: User,
    record: contact_points.Record,
    criterion: Criterion,
    value: Any,
    source: Source,
    confirmed_on: date | None = None,
    at: datetime,
) -> CriterionValue | None:
    """Answer a criterion; the former answer stays as history. ``None`` or "" takes it back.

    Returns the current value, or None if there is none.

    :raises errors.Invalid: wrong type, unknown choice, retired criterion, wrong kind of record
    :raises SensitiveValueRefused: personality profile or Art. 9 data without permission
    """
    access.require_editable(user=actor, record=record)
    cleaned = clean(criterion=criterion, value=value)
    require_fitting(record, criterion)
    record = writing.locked(record, version=None)
    answer = may_hold(record=record, criterion=criterion, at=at)
    if cleaned is None and not answer and isinstance(record, Person):
        forget(actor=actor, person=record, criterion=criterion, at=at)
        return None
    if cleaned is not None:
        require_allowed(answer, criterion)
    current = (
        record.criterion_values.select_for_update(of=("self",))
        .filter(criterion=criterion, superseded_at__isnull=True)
        .first()
    )
    before = current.value if current else None
    if before == cleaned:
        if current and confirmed_on and current.confirmed_on != confirmed_on:
            _confirm(current, record=record, actor=actor, confirmed_on=confirmed_on, at=at)
        return current
    if current:
        current.superseded_at = at
        current.save(update_fields=["superseded_at"])
    new = CriterionValue.objects.create(
        criterion=criterion,
        **contact_points.owner_of(record),
        value=cleaned,
        source=source,
        confirmed_on=confirmed_on,
        recorded_by=actor,
        created_at=at,
    )
    changes: audit.Changes = {criterion.label: [before, cleaned]}
    writing.touch(
        record,
        actor=actor,
        action="qualification.set",
        changes=changes,
        context=resting_on(answer),
        at=at,
    )
    return new if cleaned is not None else None


def require_allowed(answer: answers.Answer, criterion: Criterion) -> None:
    """Pass if the value may be stored.

    :raises SensitiveValueRefused: it may not
    """
    if not answer:
        raise SensitiveValueRefused(
            f"{answer.reason} {answer.remedy}",
            field="value",
            criterion=criterion.code,
            reason=answer.code,
        )


def resting_on(answer: answers.Answer) -> dict[str, str]:
    """What an audit row says of the consent that lets a value be stored."""
    return {"consent": answer.basis} if answer.basis else {}


@transaction.atomic
def forget(
    *,
    actor: User | None,
    person: Person,
    criterion: Criterion,
    context: Mapping[str, Any] | None = None,
    at: datetime,
) -> int:
    """Delete the answer with its history, in the audit log and the journals of merges, too.

    For what no ground is left; that it was there and went is audited without it. Gives how many
    answers there were.
    """
    person = writing.locked(person, version=None)
    rows = set(person.criterion_values.filter(criterion=criterion).values_list("pk", flat=True))
    aliases = Person.with_aliases.filter(merged_into=person)
    persons = {person.pk, *aliases.values_list("pk", flat=True)}
    entries = set(_in_journals(persons, criterion, rows).values_list("pk", flat=True))
    _forget_in_audit(persons, criterion)
    if not rows and not entries:
        return 0
    going = removing.with_dependents({CriterionValue: rows, MergeEntry: entries})
    removing.remove(*going)
    changes: audit.Changes = {criterion.label: [erasing.BLANK, None]}
    writing.touch(
        person,
        actor=actor,
        action="qualification.forgotten",
        changes=changes,
        context=context,
        at=at,
    )
    return len(rows)


def _in_journals(
    persons: Iterable[int], criterion: Criterion, rows: Iterable[int]
) -> QuerySet[MergeEntry]:
    folded = Q(
        act=MergeEntry.Act.FOLDED,
        before__person_id__in=list(persons),
        before__criterion_id=criterion.pk,
    )
    return MergeEntry.objects.filter(
        folded | Q(row__in=list(rows)), model=CriterionValue._meta.label_lower
    )


def _forget_in_audit(persons: Iterable[int], criterion: Criterion) -> None:
    """Rows of the log keep who answered when, not what."""
    names = _labels_of(criterion)
    rows = AuditEntry.objects.filter(
        object_type=Person._meta.label_lower,
        object_id__in=persons,
        action="qualification.set",
        changes__has_any_keys=names,
    )
    for entry in rows:
        blanked = {
            key: [erasing.BLANK if each is not None else None for each in pair]
            if key in names
            else pair
            for key, pair in entry.changes.items()
        }
        erasing.clear(AuditEntry.objects.filter(pk=entry.pk), changes=blanked)


def _labels_of(criterion: Criterion) -> list[str]:
    """What it is called and was called before: answers stand under that in the log."""
    told = AuditEntry.objects.filter(
        object_type=Criterion._meta.label_lower, object_id=criterion.pk, changes__has_key="label"
    ).values_list("changes", flat=True)
    former = {label for changes in told for label in changes["label"] if label}
    return sorted({criterion.label, *former})


def _confirm(
    answer: CriterionValue,
    *,
    record: contact_points.Record,
    actor: User,
    confirmed_on: date,
    at: datetime,
) -> None:
    """The same answer, given again: it is right as of ``confirmed_on``."""
    label = f"{answer.criterion.label}: confirmed_on"
    changes: audit.Changes = {label: [answer.confirmed_on, confirmed_on]}
    answer.confirmed_on = confirmed_on
    answer.save(update_fields=["confirmed_on"])
    writing.touch(record, actor=actor, action="datum.confirmed", changes=changes, at=at)


def clean(*, criterion: Criterion, value: Any) -> Any:
    """``value`` as it is stored in JSON; None if it is empty.

    :raises errors.Invalid: for field ``value``
    """
    if isinstance(value, str):
        value = value.strip()
    if value is None or value == "" or value == []:
        return None
    cleaner = _CLEANERS[CriterionType(criterion.type)]
    return cleaner(criterion, value)


def text_of(*, criterion: Criterion, value: Any) -> str:
    """The value in the reader's language; empty for None."""
    if value is None:
        return ""
    if value == erasing.BLANK:
        return erasing.BLANK
    if criterion.type == CriterionType.BOOLEAN:
        return str(_("ja") if value else _("nein"))
    if criterion.type == CriterionType.DATE:
        return formats.date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if criterion.type == CriterionType.NUMBER:
        return formats.number_format(value)
    if criterion.type in (CriterionType.CHOICE, CriterionType.CHOICES):
        labels = {choice.code: choice.label for choice in criterion.choices.all()}
        codes: list[str] = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(code, code) for code in codes)
    return str(value)


def require_fitting(record: contact_points.Record, criterion: Criterion) -> None:
    """Pass if the criterion is in use and asks about this kind of record, or raise Invalid."""
    wanted = CriterionSubject.PERSON if isinstance(record, Person) else CriterionSubject.COMPANY
    if criterion.subject != wanted:
        raise errors.Invalid({"criterion": [_("Dieses Kriterium gilt hier nicht.")]})
    if not criterion.is_active:
        raise errors.Invalid({"criterion": [_("Dieses Kriterium ist stillgelegt.")]})


def _wrong(sentence: str) -> errors.Invalid:
    return errors.Invalid({"value": [sentence]})


def _text(criterion: Criterion, value: Any) -> str:
    text = str(value)
    if len(text) > MAX_TEXT:
        raise _wrong(
            _("Höchstens %(limit)s Zeichen, hier sind es %(length)s.")
            % {"limit": MAX_TEXT, "length": len(text)}
        )
    return text


def _number(criterion: Criterion, value: Any) -> int | float:
    text = _text(criterion, value).replace("\u00a0", "").replace(" ", "")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise _wrong(_("„%(value)s“ ist keine Zahl.") % {"value": value}) from error
    if not number.is_finite():
        raise _wrong(_("„%(value)s“ ist keine Zahl.") % {"value": value})
    if number.copy_abs() >= LARGEST:
        raise _wrong(_("Die Zahl ist zu groß."))
    return int(number) if number == number.to_integral_value() else float(number)


def _date(criterion: Criterion, value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    german = _GERMAN_DATE.fullmatch(str(value))
    iso = "-".join(reversed(german.groups())) if german else str(value)
    try:
        if day := parse_date(iso):
            return day.isoformat()
    except ValueError:
        pass
    raise _wrong(
        _("„%(value)s“ ist kein Datum; schreiben Sie zum Beispiel 31.03.2026.") % {"value": value}
    )


def _boolean(criterion: Criterion, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).casefold()
    if word in {"ja", "j", "yes", "y", "1", "true", "wahr", "x"}:
        return True
    if word in {"nein", "n", "no", "0", "false", "falsch"}:
        return False
    raise _wrong(_("„%(value)s“ ist weder ja noch nein.") % {"value": value})


def _choice(criterion: Criterion, value: Any) -> str:
    wanted = str(value).strip().casefold()
    for choice in criterion.choices.all():
        if choice.is_active and wanted in (choice.code.casefold(), choice.label.casefold()):
            return choice.code
    known = ", ".join(choice.label for choice in criterion.choices.all() if choice.is_active)
    raise _wrong(
        _("„%(value)s“ gibt es nicht zur Auswahl. Möglich sind: %(choices)s.")
        % {"value": value, "choices": known}
    )


def _choices(criterion: Criterion, value: Any) -> list[str]:
    if isinstance(value, str):
        value = [part for part in value.replace(";", ",").split(",") if part.strip()]
    if not isinstance(value, list | tuple | set):
        value = [value]
    return sorted({_choice(criterion, part) for part in value})


_CLEANERS: dict[CriterionType, Callable[[Criterion, Any], Any]] = {
    CriterionType.TEXT: _text,
    CriterionType.NUMBER: _number,
    CriterionType.DATE: _date,
    CriterionType.BOOLEAN: _boolean,
    CriterionType.CHOICE: _choice,
    CriterionType.CHOICES: _choices,
}
