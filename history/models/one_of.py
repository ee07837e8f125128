"""Rows that are about exactly one of several things."""

from django.db import models
from django.db.models import F, Func
from django.db.models.lookups import Exact


def exactly_one(*fields: str, name: str) -> models.CheckConstraint:
    """That one of the foreign keys is set, and only one."""
    return models.CheckConstraint(condition=Exact(_set(fields), 1), name=name)


def at_most_one(*fields: str, name: str) -> models.CheckConstraint:
    """That no two of the foreign keys are set."""
    return models.CheckConstraint(
        condition=Exact(_set(fields), 1) | Exact(_set(fields), 0), name=name
    )


def _set(fields: tuple[str, ...]) -> Func:
    return Func(
        *(F(name) for name in fields),
        function="num_nonnulls",
        output_field=models.IntegerField(),
    )
