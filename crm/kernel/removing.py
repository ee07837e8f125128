"""Deleting rows with everything that hangs on them, whatever apps there are.

Foreign keys are checked when the transaction ends, so that the order does not matter. What a
foreign key says of deletion is followed: rows that would go with it go; one that may be empty is
emptied; one that protects goes, too: who erases a person knows what depends on it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from typing import Any

import pgtrigger
from django.db import connection, models, transaction
from django.db.models import ForeignKey, QuerySet

from crm.kernel.among import among, among_keys
from crm.kernel.erasing import clear, sanctioned

Rows = dict[type[models.Model], set[Any]]
AT_ONCE = 5000


class Protected(RuntimeError):
    """Something that is never deleted refers to what should be."""


def with_dependents(
    rows: Mapping[type[models.Model], Iterable[Any]], *, never: Iterable[type[models.Model]] = ()
) -> tuple[Rows, dict[ForeignKey[Any, Any], set[Any]]]:
    """All rows that go, and by foreign key those of which it is emptied.

    :raises Protected: a row of ``never`` would have to go
    """
    going: Rows = defaultdict(set)
    emptied: dict[Any, set[Any]] = defaultdict(set)
    queue = [(model, set(keys)) for model, keys in rows.items()]
    while queue:
        model, keys = queue.pop()
        keys -= going[model]
        if not keys:
            continue
        if model in set(never):
            raise Protected(model._meta.label)
        going[model] |= keys
        for link in _links_to(model):
            found = _pointing(link, model, keys)
            if not found:
                continue
            if link.remote_field.on_delete is models.CASCADE or not link.null:
                queue.append((link.model, found))
            else:
                emptied[link] |= found
    for link in emptied:
        emptied[link] -= going.get(link.model, set())
    return {m: keys for m, keys in going.items() if keys}, {k: v for k, v in emptied.items() if v}


@transaction.atomic
def remove(going: Rows, emptied: Mapping[Any, set[Any]]) -> None:
    """Delete them, and their files once the transaction is over."""
    for link, keys in emptied.items():
        for some in _batches(keys):
            clear(
                link.model._base_manager.filter(pk__in=among_keys(link.model, some)),
                **{link.name: None},
            )
    for model, keys in going.items():
        for some in _batches(keys):
            found = model._base_manager.filter(pk__in=among_keys(model, some))
            _files_go(found)
            guard = _at_once.get(model)
            if guard:
                guard[1](some)
            with pgtrigger.ignore(guard[0]) if guard else nullcontext(), sanctioned(model):
                found._raw_delete(found.db)


def at_once(model: type[models.Model], trigger: str, act: Callable[[list[Any]], None]) -> None:
    """Let ``act`` do for many rows what a trigger of the model does for each when it is deleted."""
    _at_once[model] = (f"{model._meta.label}:{trigger}", act)


_at_once: dict[type[models.Model], tuple[str, Callable[[list[Any]], None]]] = {}


def drop_file(storage: Any, name: str) -> None:
    """Delete a file once the transaction is over."""
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _files_go(rows: QuerySet[Any]) -> None:
    for field in rows.model._meta.fields:
        if isinstance(field, models.FileField):
            for name in rows.exclude(**{field.name: ""}).values_list(field.name, flat=True):
                drop_file(field.storage, str(name))


def _links_to(model: type[models.Model]) -> list[Any]:
    """Foreign keys of all apps that refer to the model."""
    relations: list[Any] = list(model._meta.get_fields(include_hidden=True))
    return [
        each.field
        for each in relations
        if each.auto_created and (each.one_to_many or each.one_to_one) and not each.concrete
    ]


def _pointing(link: Any, model: type[models.Model], keys: set[Any]) -> set[Any]:
    target = link.target_field
    found: set[Any] = set()
    for some in _batches(keys):
        values: Any = some
        if not target.primary_key:
            values = list(
                model._base_manager.filter(pk__in=among_keys(model, some)).values_list(
                    target.name, flat=True
                )
            )
        rows = link.model._base_manager.filter(**{f"{link.attname}__in": among(target, values)})
        found |= set(rows.order_by().values_list("pk", flat=True))
    return found


def _batches(keys: Iterable[Any]) -> Iterable[list[Any]]:
    keys = list(keys)
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def flush_constraints() -> None:
    """Check the foreign keys now, so that what is wrong is said where it happened."""
    connection.check_constraints()
