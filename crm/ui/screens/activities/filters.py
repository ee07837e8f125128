"""The list's filters in its address."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from crm.accounts.models import User
from history.activities.listing import Filters, State, Whose
from history.models import ActivityKind

WHOSE = ("mine", "team", "unassigned", "all")
STATES = ("open", "overdue", "done", "cancelled", "all")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its word, the address that chooses it, whether it is chosen."""

    label: str
    url: str
    is_on: bool


def read(asked: QueryDict) -> Filters:
    """What the address says; what nobody knows is left out."""
    whose, state, kind = asked.get("wer", ""), asked.get("stand", ""), asked.get("art", "")
    return Filters(
        whose=cast(Whose, whose if whose in WHOSE else "mine"),
        state=cast(State, state if state in STATES else "open"),
        kind=kind if kind in ActivityKind.values else "",
        assignee=_user(asked.get("bei", "")),
        since=_day(asked.get("ab", "")),
        until=_day(asked.get("bis", "")),
    )


def whose(asked: QueryDict, filters: Filters) -> list[Choice]:
    """Mine, my team's, what nobody has taken, all that I see."""
    words = {
        "mine": _("meine"),
        "team": _("mein Team"),
        "unassigned": _("von niemandem übernommen"),
        "all": _("alle sichtbaren"),
    }
    return _choices(asked, "wer", words, "" if filters.assignee else filters.whose)


def states(asked: QueryDict, filters: Filters) -> list[Choice]:
    """Open, overdue, done."""
    words = {
        "open": _("offen"),
        "overdue": _("überfällig"),
        "done": _("erledigt"),
        "cancelled": _("abgesagt"),
        "all": _("jeder Stand"),
    }
    return _choices(asked, "stand", words, filters.state)


def kinds(asked: QueryDict, filters: Filters) -> list[Choice]:
    """Every kind, or all of them."""
    words = {"": _("jede Art"), **{kind.value: str(kind.label) for kind in ActivityKind}}
    return _choices(asked, "art", words, filters.kind)


def _choices(asked: QueryDict, name: str, words: dict[str, str], current: str) -> list[Choice]:
    return [Choice(label, _with(asked, name, key), key == current) for key, label in words.items()]


def _with(asked: QueryDict, name: str, value: str) -> str:
    dropped = {name, "after", "before"} | ({"bei"} if name == "wer" else set())
    kept: list[Any] = [(key, text) for key, text in asked.items() if key not in dropped]
    return f"?{urlencode([*kept, (name, value)] if value else kept)}"


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _user(text: str) -> User | None:
    try:
        return User.objects.filter(public_id=UUID(text)).first()
    except ValueError:
        return None
