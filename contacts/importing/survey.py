"""What a mapping makes of the first rows of a file: findings by column, rows with questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from contacts.importing import plans, settings
from contacts.importing.cleaning.rows import Plan, prepare
from contacts.importing.prepared import PreparedRow
from contacts.importing.readers import open_table
from contacts.importing.readers.table import Problem, Row
from contacts.models import ImportRun

LOOK_AT: Final = 500
EXAMPLES: Final = 3
WORDS: Final = 12
UNLICENSED: Final = "channel-not-licensed"


@dataclass(slots=True)
class Finding:
    """One column: how many cells are filled, empty, refused.

    ``examples`` are the first different cells; ``words`` all different cells as long as they are
    few enough to be translated one by one, else empty. ``problem`` is the first reason for a
    refusal, ``note`` the first reason why something was left out.
    """

    name: str
    target: str = ""
    filled: int = 0
    empty: int = 0
    refused: int = 0
    examples: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    problem: Problem | None = None
    note: Problem | None = None

    @property
    def read(self) -> int:
        """Cells that were understood."""
        return self.filled - self.refused

    @property
    def is_unlicensed(self) -> bool:
        """Whether the source's licence does not cover the column."""
        return self.note is not None and self.note.code == UNLICENSED


@dataclass(frozen=True, slots=True)
class Question:
    """Why a row would be refused, and what stands in the cell in question."""

    number: int
    problem: Problem
    cell: str = ""


@dataclass(slots=True)
class Survey:
    """The first rows as they would be taken over.

    ``numbers`` are those of the rows looked at, ``complete`` says that the file has no more;
    ``focused`` is the row somebody wants to see.
    """

    findings: list[Finding]
    numbers: list[int] = field(default_factory=list)
    ready: int = 0
    questions: list[Question] = field(default_factory=list)
    complete: bool = True
    focused: PreparedRow | None = None

    @property
    def rows(self) -> int:
        """How many rows have been looked at."""
        return len(self.numbers)


def of_run(*, run: ImportRun, at: datetime, focus: int | None = None) -> Survey:
    """Look at the first rows of the run's file with its settings, saved or not.

    :raises UnreadableFile: the file cannot be read with the options chosen
    """
    chosen = settings.of(run)
    plan = plans.plan_of(run, at=at)
    with open_table(Path(run.file.path), chosen.found) as table:
        return take(rows=table.rows, header=chosen.header, plan=plan, focus=focus)


def take(
    *,
    rows: Iterable[Row],
    header: Sequence[str],
    plan: Plan,
    limit: int = LOOK_AT,
    focus: int | None = None,
) -> Survey:
    """Look at up to ``limit`` rows; writes nothing.

    ``focus`` is the number of the row to be focused; without it the first is.
    """
    targets = {column.name: column.target.code for column in plan.columns}
    survey = Survey([Finding(name, targets.get(name, "")) for name in header])
    words: list[dict[str, None]] = [{} for _name in header]
    for row in rows:
        if survey.rows == limit:
            survey.complete = False
            break
        survey.numbers.append(row.number)
        prepared = prepare(row, plan)
        if survey.focused is None or row.number == focus:
            survey.focused = prepared
        _count(survey, row, prepared, words)
    for finding, seen in zip(survey.findings, words, strict=True):
        finding.examples = list(seen)[:EXAMPLES]
        finding.words = list(seen) if len(seen) <= WORDS else []
    return survey


def _count(
    survey: Survey, row: Row, prepared: PreparedRow, words: Sequence[dict[str, None]]
) -> None:
    if prepared.errors:
        problem = prepared.errors[0]
        survey.questions.append(Question(row.number, problem, _cell(survey, row, problem.column)))
    else:
        survey.ready += 1
    if row.problem is not None:
        return
    for finding, cell, seen in zip(survey.findings, row.values, words, strict=True):
        text = cell.strip()
        if not text:
            finding.empty += 1
            continue
        finding.filled += 1
        if len(seen) <= WORDS:
            seen[text] = None
        _judge(finding, prepared)


def _judge(finding: Finding, prepared: PreparedRow) -> None:
    for problem in prepared.errors:
        if problem.column == finding.name:
            finding.refused += 1
            finding.problem = finding.problem or problem
            break
    for note in prepared.notes:
        if note.column == finding.name:
            finding.note = finding.note or note


def _cell(survey: Survey, row: Row, column: str) -> str:
    for finding, cell in zip(survey.findings, row.values, strict=False):
        if finding.name == column:
            return cell.strip()
    return ""
