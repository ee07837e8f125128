"""Addresses of pages: what ``reverse`` answers, asked once for each kind of address.

A page names two hundred of them, and ``reverse`` searches its patterns anew each time.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import get_script_prefix, reverse

from crm.kernel.prepared import STAND_INS

_MARKS = {kind: STAND_INS[kind] for kind in (int, UUID)}
LONGEST = 20  # characters of a word that is part of a kind of address


def address(name: str, *args: Any) -> str:
    """The address of the view for these arguments.

    :raises NoReverseMatch: there is none
    """
    kind: list[Any] = [
        arg if isinstance(arg, str) and len(arg) <= LONGEST else type(arg) for arg in args
    ]
    if not all(isinstance(each, str) or each in _MARKS for each in kind):
        return reverse(name, args=args)
    values = [arg for arg, each in zip(args, kind, strict=True) if not isinstance(each, str)]
    return _pattern(name, get_script_prefix(), *kind).format(*values)


@lru_cache(maxsize=2000)
def _pattern(name: str, _prefix: str, *kind: Any) -> str:
    marks = [each if isinstance(each, str) else _MARKS[each](n) for n, each in enumerate(kind)]
    pattern = reverse(name, args=marks).replace("{", "{{").replace("}", "}}")
    for mark in marks:
        if not isinstance(mark, str):
            pattern = pattern.replace(str(mark), "{}")
    return pattern
