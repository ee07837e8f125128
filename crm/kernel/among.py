"""The right side of ``__in`` for many values: one parameter instead of thousands of them."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL


def among(field: "models.Field[Any, Any]", values: Iterable[Any]) -> RawSQL:
    """For a look-up of ``field``: ``rows.filter(pk__in=among(rows.model._meta.pk, numbers))``."""
    return RawSQL(f"SELECT unnest(%s::{field.db_type(connection)}[])", [list(values)])


def among_keys(model: type[models.Model], values: Iterable[Any]) -> RawSQL:
    """For a look-up of the model's primary key or of a foreign key that leads to it."""
    return among(model._meta.pk, values)
