"""One sitting at the queue: what was put off, what comes next, how far it is."""

from dataclasses import dataclass
from typing import Any, Final

from contacts.duplicates import current, queue, settling
from crm.kernel import clock
from crm.ui.access import Request
from crm.ui.screens.duplicates.asking import Asked

LATER: Final = "duplicates-later"
MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Progress:
    """How many groups were settled today, and how many are open (at most ``MOST``)."""

    done: int
    open: int

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.open >= MOST

    @property
    def share(self) -> int:
        """Percent that is done."""
        return round(100 * self.done / max(self.done + self.open, 1))


def progress(request: Request, asked: Asked) -> Progress:
    """Today's progress through this queue."""
    left = queue.count(user=request.user, kind=asked.kind.code, wanted=asked.wanted, most=MOST)
    return Progress(settling.settled_on(request.user, clock.today()), left)


def following(request: Request, asked: Asked, number: int) -> int | None:
    """The group behind this one; those put off come last, then it begins again at the top."""
    known: dict[str, Any] = {
        "user": request.user,
        "kind": asked.kind.code,
        "wanted": asked.wanted,
    }
    late = later(request, asked)
    behind = queue.step(number=number, passed=late, **known)
    if behind is None:
        behind = _first(number, late, known)
    if behind is None:
        at = late.index(number) + 1 if number in late else 0
        behind = queue.first_of(numbers=[n for n in late[at:] + late[:at] if n != number], **known)
    return behind


def before(request: Request, asked: Asked, number: int) -> int | None:
    """The group before this one."""
    return queue.step(
        user=request.user, kind=asked.kind.code, wanted=asked.wanted, number=number, back=True
    )


def is_open(request: Request, asked: Asked, number: int) -> bool:
    """Whether something of the group is still to be settled."""
    found = queue.first_of(
        user=request.user, kind=asked.kind.code, wanted=asked.wanted, numbers=[number]
    )
    return found is not None


def later(request: Request, asked: Asked) -> list[int]:
    """The groups that were put off in this sitting; another run begins anew."""
    run = current.run_of(asked.kind.code)
    kept = request.session.get(LATER, {}).get(asked.kind.word, {})
    return list(kept["numbers"]) if run and kept.get("run") == run.generation else []


def put_off(request: Request, asked: Asked, number: int) -> None:
    """Show the group again when all others of this sitting are through."""
    run = current.run_of(asked.kind.code)
    if run is None:
        return
    numbers = [n for n in later(request, asked) if n != number]
    kept = dict(request.session.get(LATER, {}))
    kept[asked.kind.word] = {"run": run.generation, "numbers": [*numbers, number]}
    request.session[LATER] = kept


def _first(number: int, late: list[int], known: dict[str, Any]) -> int | None:
    """The strongest of all that was neither put off nor is this one."""
    return queue.step(number=0, passed=[*late, number], **known)
