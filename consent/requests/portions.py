"""What each model knows about somebody, row by row, as the registry says it is to be shown."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contacts.models import Person
from crm.kernel import audit, personal_data
from crm.kernel.personal_data import Declaration, Whose

THIRD = "[Dritte]"


@dataclass(frozen=True, slots=True)
class Portion:
    """The rows of one model; values by field in the declared order."""

    declaration: Declaration
    rows: Sequence[Mapping[str, Any]]

    @property
    def model(self) -> str:
        """``contacts.person``."""
        return self.declaration.model._meta.label_lower


def of(whose: Whose, *, portable: bool = False) -> list[Portion]:
    """Everything, or only what the person provided; models without a row are left out."""
    third = _third_persons(whose)
    found = []
    for declaration in personal_data.declarations():
        if not declaration.exported or (portable and not declaration.is_portable):
            continue
        rows = [
            _values(row, declaration, third)
            for row in rows_of(declaration, whose)
            if not _is_anothers(row, whose)
        ]
        if rows:
            found.append(Portion(declaration, rows))
    return found


def rows_of(declaration: Declaration, whose: Whose) -> QuerySet[Any]:
    """The rows, with what their links are called (one query)."""
    rows = personal_data.rows_of(declaration, whose)
    links = [
        name
        for name in declaration.exported
        if declaration.model._meta.get_field(name).many_to_one
        or declaration.model._meta.get_field(name).one_to_one
    ]
    return rows.select_related(*links).order_by("pk") if links else rows.order_by("pk")


def shown(declaration: Declaration, name: str, value: Any) -> str:
    """A value for people: days as days, codes as words."""
    field = declaration.model._meta.get_field(name)
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    choices = dict(getattr(field, "flatchoices", None) or ())
    if isinstance(value, str) and value in choices:
        return str(choices[value])
    if isinstance(field, models.DateTimeField):
        moment = timezone.localtime(datetime.fromisoformat(value))
        return date_format(moment, "SHORT_DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    return _flat(value)


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_flat(item)}" for key, item in value.items() if item)
    if isinstance(value, list):
        return ", ".join(_flat(item) for item in value if item not in (None, ""))
    return str(value)


def _values(row: Any, declaration: Declaration, third: re.Pattern[str] | None) -> dict[str, Any]:
    return {
        name: _without(audit.jsonable(getattr(row, name)), third) for name in declaration.exported
    }


def _is_anothers(row: Any, whose: Whose) -> bool:
    """Rows that an erasure takes along though they are about somebody else."""
    owner = getattr(row, "person_id", None)
    return owner is not None and owner not in whose.persons


def _without(value: Any, third: re.Pattern[str] | None) -> Any:
    """Names of other persons do not travel along (Art. 15(4) GDPR)."""
    if third is None:
        return value
    if isinstance(value, str):
        return third.sub(THIRD, value)
    if isinstance(value, list):
        return [_without(item, third) for item in value]
    if isinstance(value, dict):
        return {key: _without(item, third) for key, item in value.items()}
    return value


def _third_persons(whose: Whose) -> re.Pattern[str] | None:
    """Full names of persons who took part in the same contacts or decide about the same pair."""
    names = set(_names(whose))
    own = {word.lower() for word in whose.words}
    wanted = sorted((name for name in names if name.lower() not in own), key=len, reverse=True)
    if not wanted:
        return None
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, wanted))})(?!\w)", re.IGNORECASE)


def _names(whose: Whose) -> Iterable[str]:
    """Of all persons that rows about this one lead to, whichever app keeps them."""
    for declaration in personal_data.declarations():
        for path in declaration.subject:
            steps = path.split("__")
            if len(steps) < 2 or steps[-1] != "person":
                continue
            rows = personal_data.rows_of(declaration, whose)
            others = rows.exclude(**{path: None}).values_list(path, flat=True).distinct()
            for person in Person.with_aliases.filter(pk__in=others).exclude(pk__in=whose.persons):
                yield person.full_name
                yield person.name_for_lists
