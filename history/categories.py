"""What contacts were about, on two levels, as the team lead keeps it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors
from crm.kernel.prepared import prepared
from history.models import Category

FIELDS = frozenset({"name", "position", "is_active"})


def every() -> list[Category]:
    """All categories, each below its parent (one query)."""
    return sorted(Category.objects.select_related("parent"), key=_place)


def choosable() -> QuerySet[Category]:
    """Those in use, in no order; a child goes out of use with its parent."""
    rows = Category.objects.select_related("parent").filter(is_active=True)
    return rows.exclude(parent__is_active=False)


def in_use() -> list[Category]:
    """Those that may be chosen, each below its parent (one query)."""
    return sorted(_choosable(), key=_place)


@prepared
def _choosable() -> QuerySet[Category]:
    return choosable()


def category_for(pk: object) -> Category:
    """The category of this number.

    :raises errors.NotFound: there is none
    """
    text = str(pk)
    known = text.isascii() and text.isdecimal() and len(text) < 10
    found = (
        Category.objects.select_related("parent").filter(pk=int(text)).first() if known else None
    )
    if found is None:
        raise errors.NotFound(id=text)
    return found


@transaction.atomic
def create(*, actor: User, name: str, parent: Category | None = None, at: datetime) -> Category:
    """A new category behind the others of its level.

    :raises errors.Invalid: the name is missing, too long or taken, or ``parent`` has one itself
    """
    policy.require(actor, policy.Permission.HISTORY_MANAGE)
    if parent is not None and parent.parent_id is not None:
        raise errors.Invalid({"parent": [_("Kategorien haben höchstens zwei Ebenen.")]})
    last = Category.objects.filter(parent=parent).aggregate(last=Max("position"))["last"]
    made = Category(name=name.strip(), parent=parent, position=(last or 0) + 1)
    _save(made)
    changes = {"name": ["", str(made)]}
    audit.record(actor=actor, action="category.created", at=at, target=made, changes=changes)
    return made


@transaction.atomic
def update(*, actor: User, category: Category, values: Mapping[str, Any], at: datetime) -> Category:
    """Rename or move it, take it out of use or back; contacts keep the category they have.

    :raises errors.Invalid: the name is missing, too long or taken
    """
    policy.require(actor, policy.Permission.HISTORY_MANAGE)
    wanted = {name: value for name, value in values.items() if name in FIELDS}
    if "name" in wanted:
        wanted["name"] = wanted["name"].strip()
    changes = audit.diff({name: getattr(category, name) for name in wanted}, wanted)
    if changes:
        for name in changes:
            setattr(category, name, wanted[name])
        _save(category)
        audit.record(
            actor=actor, action="category.updated", at=at, target=category, changes=changes
        )
    return category


def _save(category: Category) -> None:
    try:
        category.full_clean(exclude=["parent"], validate_constraints=False)
    except ValidationError as error:
        raise errors.Invalid(error.message_dict) from error
    rows = Category.objects.filter(parent=category.parent, name=category.name)
    if rows.exclude(pk=category.pk).exists():
        raise errors.Invalid({"name": [_("Diesen Namen gibt es schon.")]})
    category.save()


def _place(row: Category) -> tuple[int, str, bool, int, str]:
    upper = row.parent or row
    return upper.position, upper.name, row.parent is not None, row.position, row.name
