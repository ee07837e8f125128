"""Queries that are built and compiled once per process and from then on only executed.

Building a query over four joined tables and writing its SQL takes Django one to five milliseconds,
executing it a fraction of that. Where a page asks dozens of them, this is most of its time::

    @prepared
    def _addresses(*, person: int, on: date) -> QuerySet[Address]:
        return Address.objects.filter(person=person, valid_from__lte=on).select_related("source")

    rows = _addresses(person=7, on=clock.today())  # a list

The function is called with stand-ins of its arguments, and where they turn up among the parameters
of the statement, the values of a call are put in. What an argument is, its annotation says:

* ``int``, ``UUID``, ``date`` and ``datetime`` are values;
* ``tuple[int, ...]`` and tuples of the others, or of ``str``, are values for a look-up by ``__in``,
  with a statement for each of a few lengths;
* a type that was registered (:func:`register`) is read as it was said there;
* everything else, and what is ``Annotated[..., SHAPE]``, is a *shape*: it goes into the function as
  it is, and each has a statement of its own. So does ``None``, whatever the annotation.

The function must do nothing but build the query, from nothing but its arguments. Tests compare each
statement with the one that Django writes for the same arguments.
"""

import copy
import functools
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import (
    Annotated,
    Any,
    Final,
    Generic,
    ParamSpec,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)
from uuid import UUID

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
Row = TypeVar("Row")
Mark = Callable[[type], Any]

SHAPE: Final = "shape"
LONGEST: Final = 64  # with more values a query is built in the usual way
MOST_STATEMENTS: Final = 200  # of one function; then the one that rested longest is dropped
PLANNED_AFTER: Final = 3  # times that a connection sends a statement with its text
MOST_PLANNED: Final = 400  # by one connection

STAND_INS: Final[dict[type, Callable[[int], Any]]] = {
    str: lambda number: f"\ue000{number}",
    int: lambda number: 2_000_000_000 + number,
    UUID: lambda number: UUID(int=(0xE1 << 120) + number),
    datetime: lambda number: datetime(1815, 6, 9, tzinfo=UTC) + timedelta(microseconds=number),
    date: lambda number: date(1815, 6, 9) + timedelta(days=number),
}
_LENGTHS: Final = (1, 2, 4, 8, 16, 32, LONGEST)
_VALUES: Final = frozenset({int, UUID, datetime, date})


class Unmarked(Exception):
    """A stand-in does not turn up in the statement as it is: the query cannot be prepared."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How arguments of a type are read.

    ``shape`` is what the statement depends on, ``values`` are what differs from call to call, and
    ``stand_in`` makes the argument that the function gets instead, calling its second argument with
    the type of each value, in the order of ``values``. ``is_whole`` says that the function uses
    every value; of a user, most queries use less.
    """

    shape: Callable[[Any], Hashable]
    values: Callable[[Any], Sequence[Any]]
    stand_in: Callable[[Any, Mark], Any]
    is_whole: bool = False


_kinds: dict[type, Kind] = {}


def register(of: type, kind: Kind) -> None:
    """Say how arguments of a type are read that holds shapes and values."""
    _kinds[of] = kind


def prepared(build: Callable[P, "models.QuerySet[Any, Row]"]) -> "Prepared[P, Row]":
    """The rows of the query that the function builds; its arguments are given by name."""
    made = Prepared(build)
    functools.update_wrapper(made, build)
    return made


class Prepared(Generic[P, Row]):
    """One such function, with its statements by shape."""

    is_checked = False  # whether each statement is compared with Django's own

    def __init__(self, build: Callable[P, "models.QuerySet[Any, Row]"]) -> None:
        self._build: Callable[..., models.QuerySet[Any, Row]] = build
        self._statements: OrderedDict[Hashable, _Statement | None] = OrderedDict()

    @functools.cached_property
    def _parts(self) -> dict[str, Kind]:
        hints = get_type_hints(self._build, include_extras=True)
        return {name: _kind_of(hint) for name, hint in hints.items() if name != "return"}

    def __call__(self, *_nothing: P.args, **arguments: P.kwargs) -> list[Row]:
        """The rows."""
        shape, values = self._read(arguments)
        if len(values) > LONGEST:
            return list(self._build(**arguments))
        statement = self._statement(shape, arguments, values)
        return [] if statement is None else statement.rows(values)

    def sql(self, *_nothing: P.args, **arguments: P.kwargs) -> tuple[str, tuple[Any, ...]]:
        """The statement and its parameters, for use within another one.

        :raises EmptyResultSet: it finds nothing, whatever is in the database
        """
        shape, values = self._read(arguments)
        statement = self._statement(shape, arguments, values)
        if statement is None:
            raise EmptyResultSet
        return statement.sql, statement.bound(values)

    def _read(self, arguments: Mapping[str, Any]) -> tuple[Hashable, list[Any]]:
        shape: list[Hashable] = []
        values: list[Any] = []
        for name, argument in arguments.items():
            kind = _NONE if argument is None else self._parts[name]
            shape.append((name, kind.shape(argument)))
            values += kind.values(argument)
        return tuple(shape), values

    def _statement(
        self, shape: Hashable, arguments: Mapping[str, Any], values: Sequence[Any]
    ) -> "_Statement | None":
        try:
            self._statements.move_to_end(shape)
            statement = self._statements[shape]
        except KeyError:  # new, or dropped by another thread in between
            statement = self._statements[shape] = self._compile(arguments)
            if len(self._statements) > MOST_STATEMENTS:
                self._statements.popitem(last=False)
        if self.is_checked:
            self._check(statement, arguments, values)
        return statement

    def _compile(self, arguments: Mapping[str, Any]) -> "_Statement | None":
        marks: list[Any] = []
        stand_ins: dict[str, Any] = {}
        expected: list[Any] = []

        def mark(of: type) -> Any:
            marks.append(STAND_INS[of](len(marks)))
            return marks[-1]

        for name, argument in arguments.items():
            kind, known = _NONE if argument is None else self._parts[name], len(marks)
            stand_ins[name] = kind.stand_in(argument, mark)
            expected += marks[known:] if kind.is_whole else []
        queryset = self._build(**stand_ins)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        if missing := [each for each in expected if each not in params]:
            raise Unmarked(f"{self._build.__qualname__}: {missing} not in {sql}")
        places = [
            (place, marks.index(param), type(param))
            for place, param in enumerate(params)
            if param in marks
        ]
        read = [each[0] for each in (compiler.select or [])[: compiler.col_count]]
        converters = compiler.get_converters(read)
        vars(compiler)["connection"] = None  # each thread has its own, and lets go of it
        return _Statement(queryset, compiler, sql, tuple(params), places, converters)

    def _check(
        self, statement: "_Statement | None", arguments: Mapping[str, Any], values: Sequence[Any]
    ) -> None:
        try:
            sql, params = self._build(**arguments).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        except EmptyResultSet:
            assert statement is None, f"{self._build.__qualname__}: {arguments} finds nothing"
        else:
            assert statement is not None, f"{self._build.__qualname__}: {arguments} finds rows"
            ours, theirs = (statement.sql, statement.bound(values)), (sql, tuple(params))
            assert ours == theirs, f"{self._build.__qualname__}: {ours} is not {theirs}"


@dataclass(frozen=True, slots=True)
class _Statement:
    """A compiled query; ``places`` are which parameter is which value, and of which type;
    ``converters`` are what is done to columns of the rows, by their number."""

    queryset: "models.QuerySet[Any, Any]"
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    places: list[tuple[int, int, type]]
    converters: dict[int, Any]

    def bound(self, values: Sequence[Any]) -> tuple[Any, ...]:
        params = list(self.params)
        for place, index, of in self.places:
            value = values[index]
            params[place] = value if isinstance(value, of) else of(value)
        return tuple(params)

    def rows(self, values: Sequence[Any]) -> list[Any]:
        """Execute. Only the shell of query and compiler is new: whoever reads the rows asks the
        query for a compiler, and the compiler for what the database answered."""
        compiler: Any = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        answer = [_answer(compiler.connection, self.sql, self.bound(values))]
        compiler.execute_sql = lambda *_args, **_options: answer
        compiler.get_converters = lambda _expressions: self.converters
        query: Any = _shell_of(self.queryset.query)
        query.get_compiler = lambda *_args, **_options: compiler
        queryset = _shell_of(self.queryset)
        queryset._query = query
        return list(queryset)


def let_plan(connection: Any, **_signal: Any) -> None:
    """Signal receiver: a new connection may keep plans, of the statements of this module alone."""
    if settings.PREPARE_STATEMENTS:
        connection.connection.prepare_threshold = PLANNED_AFTER
        connection.connection.prepared_max = MOST_PLANNED


def _answer(connection: Any, sql: str, params: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The rows; the database plans the statement anew the first few times only. Where statements
    are logged it goes the usual way, which can tell it together with its values."""
    connection.ensure_connection()
    binding: Any = ServerBindingCursor  # its stubs forget that it is a cursor of psycopg
    with (
        connection.cursor()
        if connection.queries_logged
        else connection._prepare_cursor(binding(connection.connection))
    ) as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _shell_of(inner: Any) -> Any:
    """A copy that shares everything; ``copy.copy`` would execute a queryset."""
    shell = inner.__class__.__new__(inner.__class__)
    shell.__dict__.update(inner.__dict__)
    return shell


def _kind_of(hint: Any) -> Kind:
    origin, options = get_origin(hint), [each for each in get_args(hint) if each is not type(None)]
    if origin is Annotated:
        return _SHAPE
    if origin is tuple:
        return _tuple_of(options[0])
    if len(options) == 1:  # X | None
        return _kind_of(options[0])
    if hint in _VALUES:
        return Kind(lambda _: None, lambda value: (value,), lambda _, mark: mark(hint), True)
    return _kinds.get(hint, _SHAPE)


def _tuple_of(of: type) -> Kind:
    return Kind(
        lambda value: len(_filled(value)),
        _filled,
        lambda value, mark: tuple(mark(of) for _each in _filled(value)),
        True,
    )


def _filled(values: Sequence[Any]) -> Sequence[Any]:
    """Filled up with its last value to one of a few lengths, so that there are few statements.
    Not where they are compared with Django's, which drops what repeats."""
    if not values or Prepared.is_checked:
        return values
    length = next((each for each in _LENGTHS if each >= len(values)), len(values))
    return (*values, *[values[-1]] * (length - len(values)))


_SHAPE = Kind(lambda value: value, lambda _: (), lambda value, _mark: value)
_NONE = Kind(lambda _: Ellipsis, lambda _: (), lambda _, _mark: None)


def attach(owners: Sequence[models.Model], name: str, rows: Iterable[models.Model]) -> None:
    """Let ``owner.name.all()`` be its part of the ``rows``, which refer to the owners by the
    foreign key behind ``name``: what ``prefetch_related`` does, of rows that were read already."""
    if not owners:
        return
    relation: Any = owners[0]._meta.get_field(name)
    found: dict[Any, list[models.Model]] = {owner.pk: [] for owner in owners}
    by_key = {owner.pk: owner for owner in owners}
    for row in rows:
        key = getattr(row, relation.field.attname)
        setattr(row, relation.field.name, by_key[key])
        found[key].append(row)
    for owner in owners:
        known: Any = models.QuerySet(relation.related_model)
        known._result_cache, known._prefetch_done = found[owner.pk], True
        vars(owner).setdefault("_prefetched_objects_cache", {})[name] = known
