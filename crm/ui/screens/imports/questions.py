"""Rows with questions, the same question asked once."""

from collections.abc import Iterable
from dataclasses import dataclass

from contacts.importing.survey import Question

MOST = 30


@dataclass(slots=True)
class Group:
    """A question and in how many rows it arises; ``first`` is the first of them."""

    first: Question
    count: int = 0


def grouped(questions: Iterable[Question]) -> list[Group]:
    """The questions by column, reason and cell, the most frequent first."""
    groups: dict[tuple[str, str, str], Group] = {}
    for question in questions:
        key = (question.problem.column, question.problem.code, question.cell)
        groups.setdefault(key, Group(question)).count += 1
    return sorted(groups.values(), key=lambda group: -group.count)[:MOST]
