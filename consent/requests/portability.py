"""Portability (Art. 20 GDPR): what the person provided, as JSON with its schema, and as CSV."""

import csv
from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models

from consent.desk import reports
from consent.requests import answering, portions
from consent.requests.portions import Portion
from crm.kernel import personal_data
from crm.kernel.personal_data import Declaration, Whose

VERSION: Final = 1
NOTES: Final = frozenset({"remark", "note", "stance", "influence", "field_sources", "confirmed_on"})
"""Fields in which the house writes what it thinks: they were not provided by the person."""


def files(whose: Whose, *, at: datetime) -> dict[str, bytes]:
    """``daten.json``, ``schema.json`` and one CSV file for each model."""
    found = portions.of(whose, portable=True)
    data = {
        "version": VERSION,
        "made_at": at.isoformat(),
        "includes": list(answering.PORTABLE),
        "excludes": list(answering.NOT_PORTABLE),
        "data": {each.model: [_portable(row) for row in each.rows] for each in found},
    }
    return {
        "daten.json": reports.to_json(data),
        "schema.json": reports.to_json(schema()),
        **{f"{each.model}.csv": _table(each) for each in found},
    }


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``daten.json``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Einklang: Datenübertragung nach Art. 20 DSGVO",
        "type": "object",
        "required": ["version", "made_at", "data"],
        "properties": {
            "version": {"const": VERSION},
            "made_at": {"type": "string", "format": "date-time"},
            "includes": {"type": "array", "items": {"type": "string"}},
            "excludes": {"type": "array", "items": {"type": "string"}},
            "data": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    declaration.model._meta.label_lower: {
                        "type": "array",
                        "description": declaration.data_kind,
                        "items": _shape(declaration),
                    }
                    for declaration in personal_data.declarations()
                    if declaration.is_portable
                },
            },
        },
        "additionalProperties": False,
    }


def _shape(declaration: Declaration) -> dict[str, Any]:
    names = [name for name in declaration.exported if name not in NOTES]
    return {
        "type": "object",
        "required": names,
        "additionalProperties": False,
        "properties": {name: _type(declaration.model._meta.get_field(name)) for name in names},
    }


def _type(field: Any) -> dict[str, Any]:
    if isinstance(field, models.JSONField):
        return {}
    kinds: list[tuple[type[Any], dict[str, Any]]] = [
        (ArrayField, {"type": ["array", "null"]}),
        (models.BooleanField, {"type": ["boolean", "null"]}),
        (models.DecimalField, {"type": ["string", "null"]}),
        (models.IntegerField, {"type": ["integer", "null"]}),
        (models.DateTimeField, {"type": ["string", "null"], "format": "date-time"}),
        (models.DateField, {"type": ["string", "null"], "format": "date"}),
    ]
    for kind, shape in kinds:
        if isinstance(field, kind):
            return shape
    return {"type": ["string", "null"]}


def _portable(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in NOTES}


def _table(portion: Portion) -> bytes:
    rows: Iterable[dict[str, Any]] = [_portable(row) for row in portion.rows]
    out = StringIO()
    names = [name for name in portion.declaration.exported if name not in NOTES]
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([reports.harmless(_cell(row[name])) for name in names])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
