"""Courses of look-ups in step."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.searching.lookups import Candidate, LookUp
from contacts.searching.stages import Course, Found, in_step

pytestmark = pytest.mark.django_db


def look_up(name: str, pk: int) -> LookUp:
    return LookUp(name, "SELECT %s::text, %s::bigint, ''", [name, pk])


def one_step() -> Course:
    answer = yield [look_up("a", 1), None]
    return Found(direct=answer["a"])


def two_steps() -> Course:
    answer = yield [look_up("b", 2)]
    found = Found(direct=answer["b"])
    answer = yield [look_up("c", 3)]
    found.alike += answer["c"] + answer["nobody asked"]
    return found


def no_step() -> Course:
    return Found()
    yield []


def test_steps_of_all_courses_are_one_statement_each() -> None:
    with CaptureQueriesContext(connection) as queries:
        first, second, third = in_step(one_step(), two_steps(), no_step())
    assert len(queries) == 2
    assert first.direct == [Candidate("a", 1)]
    assert (second.direct, second.alike) == ([Candidate("b", 2)], [Candidate("c", 3)])
    assert third == Found()


def test_nothing_asked_is_no_statement() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert in_step(no_step()) == [Found()]
    assert len(queries) == 0
