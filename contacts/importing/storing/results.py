"""What became of a row."""

from dataclasses import dataclass, field

from contacts.importing.prepared import PreparedRow
from contacts.importing.readers.table import Problem
from contacts.importing.storing.journal import Journal
from contacts.models import ImportOutcome


@dataclass(slots=True)
class Result:
    """The outcome of one row, as its :class:`ImportRow` will tell it."""

    row: PreparedRow
    outcome: str = ImportOutcome.UNCHANGED.value
    person_id: int | None = None
    company_id: int | None = None
    suspects: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    journal: Journal = field(default_factory=Journal)

    def reject(self, *problems: Problem) -> "Result":
        """The row is refused as a whole."""
        self.outcome = ImportOutcome.REJECTED.value
        self.problems = list(problems)
        return self

    def unchanged(self, problem: Problem) -> "Result":
        """Nothing was written for the row, and why."""
        self.outcome = ImportOutcome.UNCHANGED.value
        self.problems = [problem]
        return self

    @property
    def column(self) -> str:
        """The column of the first problem."""
        return self.problems[0].column if self.problems else ""

    @property
    def reason_code(self) -> str:
        """The code of the first problem."""
        return self.problems[0].code if self.problems else ""

    @property
    def reason(self) -> str:
        """All problems with what would help, one after the other."""
        sentences = [_sentence(problem) for problem in self.problems[:1]]
        sentences += [_sentence(problem, named=True) for problem in self.problems[1:]]
        return " ".join(sentences)


def _sentence(problem: Problem, *, named: bool = False) -> str:
    column = f"{problem.column}: " if named and problem.column else ""
    return column + " ".join(part for part in (problem.message, problem.proposal) if part)
