"""What came of a file."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about a row; ``row`` counts from 1 with the headings."""

    row: int
    column: str
    message: str
    is_refused: bool


@dataclass(slots=True)
class Report:
    """What came of a file."""

    file_name: str
    rows: int = 0
    imported: int = 0
    disputed: int = 0
    opted_out: int = 0
    refused: int = 0
    is_dry_run: bool = False
    remarks: list[Remark] = field(default_factory=list)

    def refuse(self, row: int, column: str, message: str) -> None:
        """Leave a row out."""
        self.refused += 1
        self.remarks.append(Remark(row, column, message, is_refused=True))


def as_json(report: Report) -> dict[str, Any]:
    """The report for programs."""
    return {
        "file": report.file_name,
        "dry_run": report.is_dry_run,
        "rows": report.rows,
        "imported": report.imported,
        "disputed": report.disputed,
        "opted_out": report.opted_out,
        "refused": report.refused,
        "remarks": [
            {
                "row": remark.row,
                "column": remark.column,
                "message": remark.message,
                "refused": remark.is_refused,
            }
            for remark in report.remarks
        ],
    }
