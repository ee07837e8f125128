"""A look at a run before anything is written: columns with findings, rows as they would become."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from contacts.importing import plans, settings
from contacts.importing.cleaning.rows import prepare
from contacts.importing.prepared import PreparedRow
from contacts.importing.readers import open_table
from contacts.importing.readers.table import Problem
from contacts.importing.settings import Settings
from contacts.models import ImportRun


@dataclass(slots=True)
class ColumnView:
    """One column of the file: what it means, some different cells, what reading them brought.

    ``understood`` says that the meaning was recognised by the column's name; ``read``, ``empty``
    and ``faulty`` count the rows looked at; ``problem`` is the first one found.
    """

    name: str
    target: str | None
    understood: bool
    examples: list[str] = field(default_factory=list)
    read: int = 0
    empty: int = 0
    faulty: int = 0
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as it stands in the file and as it would be taken over."""

    number: int
    cells: Sequence[str]
    prepared: PreparedRow


@dataclass(frozen=True, slots=True)
class RunPreview:
    """``rows`` are those looked at; ``faulty`` the ones among them that would be refused."""

    settings: Settings
    columns: list[ColumnView]
    rows: list[RowView]

    @property
    def faulty(self) -> list[RowView]:
        """Rows that would be refused."""
        return [row for row in self.rows if row.prepared.errors]


def preview(*, run: ImportRun, limit: int = 200, skip: int = 0, at: datetime) -> RunPreview:
    """Read and clean ``limit`` rows behind the first ``skip``; nothing is written.

    :raises UnreadableFile: the file cannot be read with the options chosen
    """
    chosen = settings.of(run)
    plan = plans.plan_of(run, at=at)
    with open_table(Path(run.file.path), chosen.found) as table:
        found = list(islice(table.rows, skip, skip + limit))
    rows = [RowView(row.number, row.values, prepare(row, plan)) for row in found]
    return RunPreview(chosen, _columns(chosen, rows), rows)


def _columns(chosen: Settings, rows: Sequence[RowView]) -> list[ColumnView]:
    columns = []
    for position, name in enumerate(chosen.header):
        target = chosen.mapping.columns.get(name)
        view = ColumnView(name, target, name in chosen.understood)
        cells = [row.cells[position].strip() for row in rows if len(row.cells) > position]
        view.examples = list(Counter(cell for cell in cells if cell))[:3]
        problems = [
            problem for row in rows for problem in row.prepared.errors if problem.column == name
        ]
        view.empty = sum(not cell for cell in cells)
        view.faulty = len(problems)
        view.read = len(cells) - view.empty - view.faulty
        view.problem = problems[0] if problems else None
        columns.append(view)
    return columns
