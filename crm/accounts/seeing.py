"""How a prepared query depends on who asks: see :mod:`crm.kernel.prepared`.

What the user may see and of how many teams decides how the statement reads; the numbers of user and
teams are values in it.
"""

from collections.abc import Hashable
from dataclasses import replace

from crm.accounts.models import User
from crm.kernel.prepared import Kind, Mark


def _shape(user: User) -> Hashable:
    access = user.access
    return access.permissions, access.visibility, len(access.team_ids)


def _values(user: User) -> tuple[int, ...]:
    return (user.access.user_id, *user.access.team_ids)


def _stand_in(user: User, mark: Mark) -> User:
    numbers = [mark(int) for _each in _values(user)]
    unknown = User(pk=numbers[0])
    unknown.access = replace(user.access, user_id=numbers[0], team_ids=tuple(numbers[1:]))
    return unknown


KIND = Kind(_shape, _values, _stand_in)
