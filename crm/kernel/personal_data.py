"""What each model holds about persons: the registry behind access, erasure, retention and merging.

Every app has one ``personal_data.py`` that declares each of its models, either with
:func:`declare` or, where a model tells nothing about a contact, with :func:`holds_none`.
A test enumerates all models and fails on one that is not declared.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar, cast

from django.db import models
from django.db.models import Q, QuerySet

T = TypeVar("T")


class Erasure(StrEnum):
    """What an erasure under Art. 17 GDPR does with a row."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    KEEP = "keep"


class Merging(StrEnum):
    """What a merge does with the rows of the losing record."""

    SURVIVE = "survive"  # the record itself: it stays as an alias
    MOVE = "move"  # the foreign key is set to the survivor
    UNITE = "unite"  # moved, equal rows are folded into one
    STAY = "stay"  # the row remains with the record it was written for


@dataclass(frozen=True, slots=True)
class Single:
    """Of the merged rows for which ``where`` holds, one for each ``per`` keeps it.

    It is the first by ``first``, then the survivor's own; in the others ``column`` becomes
    ``otherwise``. All are SQL over the row; ``otherwise`` may name the parameter ``%(at)s``.
    """

    where: str
    column: str
    otherwise: str
    per: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Uniting:
    """How rows of merged records become one list. All parts are SQL over the row.

    Rows that agree in ``equal`` are folded into the first by ``better``, then the survivor's own.
    ``own`` tells by which of those columns a row that was added after the merge is recognised as
    the restored record's (empty: by none). ``restored`` are columns that an undo sets back in a
    moved row even if they changed since. ``pair`` names two foreign keys that stand in order: the
    row is about two records.
    """

    equal: tuple[str, ...]
    better: tuple[str, ...] = ()
    singles: tuple[Single, ...] = ()
    own: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    pair: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Whose:
    """Somebody whose data are looked for: numbers of the record and of those that were merged
    into it, of the contact points that nobody else holds (``points``) or others hold, too
    (``shared_points``). ``words`` are names and values by which they are recognised in a text that
    is known to be about them; ``values`` are nobody else's, wherever they stand. What takes long
    to find is found :meth:`once`.
    """

    persons: tuple[int, ...]
    points: tuple[int, ...] = ()
    shared_points: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    found: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, what: str, find: Callable[[], T]) -> T:
        """What ``find`` finds, asked for when it is first wanted."""
        if what not in self.found:
            self.found[what] = find()
        return cast(T, self.found[what])


@dataclass(frozen=True, slots=True)
class Hold:
    """That a law keeps rows: by which rule of the schedule, from the day in ``start`` on.

    ``is_open`` are rows because of which nothing is erased yet, ``why`` the sentence about it.
    ``when`` says for which rows the rule holds.
    """

    rule: str
    start: str
    when: Q = field(default_factory=Q)
    is_open: Q | None = None
    why: Any = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """How one model is treated.

    ``subject`` are the look-ups that lead to a person or company (empty: the record itself, or
    what ``rows`` finds, which goes before); ``retention`` names a rule of the retention schedule;
    ``exported`` are the fields of an access package (Art. 15) in order. ``merging`` goes
    for all foreign keys to persons and companies but those that ``links`` names; ``uniting``
    tells which rows are equal where they are united.

    An erasure deletes the rows, but not those that are ``shared``: they are others' as well.
    These, and all rows of a model that is anonymised, are what ``spare`` makes of them; it gives
    ``holds`` are locked away instead. ``forgets`` finds rows that are nobody's
    in particular and yet tell of the person. ``is_portable``: the person gave it (Art. 20).
    ``signs`` are look-ups to a person with the field that says when there was something between
    the person and the house.
    """

    model: type[models.Model]
    data_kind: str
    subject: tuple[str, ...]
    retention: str
    exported: tuple[str, ...]
    erasure: Erasure
    merging: Merging
    restricted: bool = True
    links: Mapping[str, Merging] = field(default_factory=dict)
    uniting: tuple[Uniting, ...] = ()
    rows: Callable[[Whose], QuerySet[Any]] | None = None
    shared: Callable[[Whose], Q] | None = None
    spare: Callable[[QuerySet[Any], Whose, datetime], None] | None = None
    holds: tuple[Hold, ...] = ()
    is_portable: bool = False
    signs: tuple[tuple[str, str], ...] = ()

    def merging_of(self, link: str) -> Merging:
        """What a merge does with rows that point at a merged record by this foreign key."""
        return self.links.get(link, self.merging)

    def uniting_of(self, link: str) -> Uniting | None:
        """How rows that point at a merged record by this foreign key are united."""
        for each in self.uniting:
            if each.pair is None or link in each.pair:
                return each
        return None


_declared: dict[type[models.Model], Declaration] = {}
_empty: dict[type[models.Model], str] = {}


def declare(declaration: Declaration) -> None:
    """Register a model. Declaring it twice or with an unknown field is an error at start-up."""
    model = declaration.model
    if model in _declared or model in _empty:
        raise ValueError(f"{model._meta.label} is declared twice.")
    for name in (*declaration.exported, *declaration.links):
        model._meta.get_field(name)
    united = Merging.UNITE in (declaration.merging, *declaration.links.values())
    if united != bool(declaration.uniting):
        raise ValueError(f"{model._meta.label} must say which rows are equal if it unites them.")
    _declared[model] = declaration


def holds_none(model: type[models.Model], *, why: str) -> None:
    """Register a model that tells nothing about a contact, and say why."""
    if model in _declared or model in _empty:
        raise ValueError(f"{model._meta.label} is declared twice.")
    _empty[model] = why


def declarations() -> list[Declaration]:
    """All declarations, in the order of their registration."""
    return list(_declared.values())


def is_declared(model: type[models.Model]) -> bool:
    """Whether the model was declared, in either way."""
    return model in _declared or model in _empty


def concerns_contacts(model: type[models.Model]) -> bool:
    """Whether the model was declared as holding personal data of contacts."""
    return model in _declared


def rows_of(declaration: Declaration, whose: Whose) -> QuerySet[Any]:
    """The rows of a model that are about somebody, those that are others' as well included."""
    if declaration.rows is not None:
        return declaration.rows(whose)
    everything = declaration.model._base_manager.all()
    found = Q()
    for path in declaration.subject:
        if _leads_to(declaration.model, path) == PERSON:
            found |= Q(**{f"{path}__in": whose.persons})
    if not found and declaration.model._meta.label_lower == PERSON:
        found = Q(pk__in=whose.persons)
    return (
        everything.filter(pk__in=everything.filter(found).values("pk"))
        if found
        else (everything.none())
    )


PERSON = "contacts.person"


def _leads_to(model: type[models.Model], path: str) -> str:
    """The label of the model at the end of a look-up."""
    for name in path.split("__"):
        related = model._meta.get_field(name).related_model
        if not isinstance(related, type):
            raise ValueError(f"{model._meta.label} has no relation {name}.")
        model = related
    return model._meta.label_lower
