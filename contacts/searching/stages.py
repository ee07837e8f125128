"""Courses of look-ups that go in step, so that each stage is one statement for all of them."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field

from contacts.searching.lookups import Candidate, LookUp, run


@dataclass(slots=True)
class Found:
    """Candidates of one kind, best first: what matches as typed, and other spellings."""

    direct: list[Candidate] = field(default_factory=list)
    alike: list[Candidate] = field(default_factory=list)


Answer = Mapping[str, list[Candidate]]
Course = Generator[Sequence[LookUp | None], Answer, Found]


def in_step(*courses: Course) -> list[Found]:
    """Run courses side by side: what they ask for in the same step is one statement.

    A course yields its look-ups, is given what was found, and returns when it has enough.
    """
    results = [Found() for _course in courses]
    answer: Answer | None = None
    running = list(range(len(courses)))
    while running:
        asked: list[LookUp | None] = []
        for at in list(running):
            try:
                asked += courses[at].send(answer) if answer is not None else next(courses[at])
            except StopIteration as end:
                results[at] = end.value
                running.remove(at)
        answer = run(asked)
    return results
