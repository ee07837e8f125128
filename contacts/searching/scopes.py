"""Which records a user may find, as conditions that indexes can answer.

They only keep look-ups fast and full. What is shown is fetched through ``visible_to`` again.
"""

from dataclasses import dataclass
from typing import Any

from contacts.searching.keys import OWNER, TEAM
from crm.accounts.models import User, Visibility
from crm.accounts.policy import Permission

_MOST_TEAMS = 4
_NO_ALIAS = "merged_into_id IS NULL"  # what the indexes of names hold


@dataclass(frozen=True, slots=True)
class Scope:
    """``conditions`` are alternatives, each with its parameters; an index serves each alone.

    ``lexemes`` is the same for the full-text index, a tsquery or "" for everything.
    """

    conditions: tuple[tuple[str, tuple[Any, ...]], ...]
    lexemes: str

    @property
    def either(self) -> tuple[str, tuple[Any, ...]]:
        """All alternatives in one condition."""
        joined = " OR ".join(f"({condition})" for condition, _values in self.conditions)
        return f"({joined})", tuple(v for _condition, values in self.conditions for v in values)


def scope_of(user: User) -> Scope | None:
    """The user's scope; None if the user may see no contacts at all."""
    access = user.access
    if Permission.CONTACTS_VIEW not in access.permissions:
        return None
    if access.visibility == Visibility.ALL:
        return Scope(((_NO_ALIAS, ()),), "")
    own = (f"owner_id = %s AND {_NO_ALIAS}", (access.user_id,))
    owner = f"'{OWNER}{access.user_id}'"
    if access.visibility == Visibility.OWN:
        return Scope((own,), owner)
    lexemes = " | ".join([owner, *(f"'{TEAM}{team}'" for team in access.team_ids)])
    if len(access.team_ids) > _MOST_TEAMS:
        either = f"(team_id = ANY(%s) OR owner_id = %s) AND {_NO_ALIAS}"
        return Scope(((either, (list(access.team_ids), access.user_id)),), lexemes)
    teams = tuple((f"team_id = %s AND {_NO_ALIAS}", (team,)) for team in access.team_ids)
    return Scope((*teams, own), lexemes)
