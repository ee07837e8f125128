"""Who of those that took part in contacts a reader may see: all others are counted, not named."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from contacts.models import Company, Person
from crm.accounts.models import User, Visibility
from crm.accounts.policy import Permission
from history.models import Opportunity, Participation, Touchpoint

MODELS: dict[str, Any] = {"person": Person, "company": Company, "opportunity": Opportunity}


@dataclass(frozen=True, slots=True)
class Sight:
    """By kind the numbers that may be seen; a kind that is missing may be seen whole."""

    seen: dict[str, frozenset[int]]

    def sees(self, row: Participation) -> bool:
        """Whether whoever took part may be named; numbers and addresses of nobody may."""
        for kind, numbers in self.seen.items():
            number = getattr(row, f"{kind}_id")
            if number is not None and number not in numbers:
                return False
        return True


def of(touchpoints: Sequence[Touchpoint], *, user: User) -> Sight:
    """What the user may see of those who took part (no query for who sees everything, else 3)."""
    access = user.access
    kinds = [] if access.visibility == Visibility.ALL else list(MODELS)
    if Permission.OPPORTUNITIES_VIEW not in access.permissions and "opportunity" not in kinds:
        kinds.append("opportunity")
    return Sight({kind: _seen(kind, touchpoints, user) for kind in kinds})


def _seen(kind: str, touchpoints: Sequence[Touchpoint], user: User) -> frozenset[int]:
    numbers = {
        getattr(row, f"{kind}_id") for each in touchpoints for row in each.participations.all()
    } - {None}
    if not numbers:
        return frozenset()
    rows = MODELS[kind].objects.visible_to(user).filter(pk__in=numbers)
    return frozenset(rows.values_list("pk", flat=True))
