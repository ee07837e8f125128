"""Functions that remember their answers for a while, and can be taught them.

``lru_cache`` is faster to ask but keeps to itself what it knows. These functions can put on record
what they find out, so that another process need not find it out again.
"""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar, TypeVarTuple

Given = TypeVarTuple("Given")
Answer = TypeVar("Answer")
Answers = Mapping[str, Mapping[tuple[Any, ...], Any]]
"""By function: what it answers to what it is given."""
_FUNCTIONS: "dict[str, Remembered[*tuple[Any, ...], Any]]" = {}


class Remembered(Generic[*Given, Answer]):
    """A pure function that remembers between ``size`` and twice as many answers."""

    def __init__(self, function: Callable[[*Given], Answer], size: int) -> None:
        self._function, self._size = function, size
        self._recent: dict[tuple[*Given], Answer] = {}
        self._former: dict[tuple[*Given], Answer] = {}
        self.recorded: dict[tuple[*Given], Answer] | None = None
        self.__doc__ = function.__doc__

    def __call__(self, *given: *Given) -> Answer:
        try:
            return self._recent[given]
        except KeyError:
            return self._look_back(given)

    def learn(self, answers: Mapping[tuple[*Given], Answer]) -> None:
        """Remember answers found out elsewhere."""
        if len(self._recent) >= self._size:
            self._former, self._recent = self._recent, {}
        self._recent.update(answers)

    def _look_back(self, given: tuple[*Given]) -> Answer:
        try:
            answer = self._former[given]
        except KeyError:
            answer = self._function(*given)
            if self.recorded is not None:
                self.recorded[given] = answer
        self.learn({given: answer})
        return answer


def remembered(
    size: int,
) -> Callable[[Callable[[*Given], Answer]], Remembered[*Given, Answer]]:
    """Make a pure function one that remembers."""

    def remember(function: Callable[[*Given], Answer]) -> Remembered[*Given, Answer]:
        known = Remembered(function, size)
        _FUNCTIONS[f"{function.__module__}.{function.__name__}"] = known
        return known

    return remember


def put_on_record() -> None:
    """From now on keep what the functions find out until :func:`recorded` is asked."""
    for function in _FUNCTIONS.values():
        function.recorded = {}


def recorded() -> Answers:
    """What the functions found out since they were asked last."""
    found = {name: each.recorded or {} for name, each in _FUNCTIONS.items()}
    put_on_record()
    return found


def learn(answers: Answers) -> None:
    """Teach the functions of this process what those of another one found out."""
    for name, each in answers.items():
        _FUNCTIONS[name].learn(each)
