"""Reports as files, with an audit row of who took what."""

from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from contacts import tables
from contacts.tables import Format
from crm.kernel import audit
from history.reports import catalogue
from history.reports.asking import Asked


@transaction.atomic
def export(*, name: str, asked: Asked, format: Format, to: IO[bytes]) -> int:
    """Write the table of the report to ``to``; returns its rows. No file without an audit row.

    :raises errors.NotFound: there is no such report
    """
    report = catalogue.make(name, asked)
    header = [str(column.label) for column in report.columns]
    table = tables.open_table(format=format, to=to, header=header)
    for row in report.rows:
        table.write([_cell(row[column.code]) for column in report.columns])
    table.close()
    audit.record(
        actor=asked.user,
        action="report.exported",
        at=asked.at,
        context={
            "report": name,
            "rows": len(report.rows),
            "format": format.value,
            "since": asked.since,
            "until": asked.until,
            "team": asked.team,
        },
    )
    return len(report.rows)


def file_name(*, name: str, format: Format, at: datetime) -> str:
    """``einklang-wiedervorlagen-2026-03-17.xlsx``."""
    slug = catalogue.REPORTS[name].slug
    return f"einklang-{slug}-{timezone.localtime(at):%Y-%m-%d}.{format.value}"


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    return float(value) if hasattr(value, "quantize") else value
