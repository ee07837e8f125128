"""Qualification values: typed, sourced, with their history; sensitive ones behind a guard."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from contacts import access, contact_points, writing
from contacts.models import (
    Criterion,
    CriterionSubject,
    CriterionType,
    CriterionValue,
    Person,
    Sensitivity,
    Source,
)
from crm.accounts.models import User
from crm.kernel import answers, audit, errors

Guard = Callable[[contact_points.Record, Criterion, datetime], answers.Answer]
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

    Without a guard such values are refused; with several, all must allow the value.
    """
    _guards.append(guard)


def may_hold(
    *, record: contact_points.Record, criterion: Criterion, at: datetime
) -> answers.Answer:
    """Whether a value of the criterion may be stored for the record."""
    if criterion.sensitivity not in GUARDED:
        return answers.YES
    for guard in _guards:
        if not (answer := guard(record, criterion, at)):
            return answer
    if _guards:
        return answers.YES
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
    if cleaned is not None and not (answer := may_hold(record=record, criterion=criterion, at=at)):
        raise SensitiveValueRefused(
            f"{answer.reason} {answer.remedy}", field="value", criterion=criterion.code
        )
    record = writing.locked(record, version=None)
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
    writing.touch(record, actor=actor, action="qualification.set", changes=changes, at=at)
    return new if cleaned is not None else None


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
