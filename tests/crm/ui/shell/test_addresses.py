"""Addresses that were asked once for each kind are those of ``reverse``."""

from typing import Any
from uuid import uuid4

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse, set_script_prefix

from crm.ui.addresses import address

ONE, OTHER = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("privacy-desk", ()),
        ("person-detail", (ONE,)),
        ("person-detail", (OTHER,)),
        ("person-detail", (str(ONE),)),
        ("record-point", ("ansprechpartner", ONE, 7)),
        ("record-point", ("firmen", OTHER, 12)),
        ("merge-day-undo", ("2026-03-17",)),
    ],
)
def test_as_reverse_says(name: str, args: Any) -> None:
    assert address(name, *args) == reverse(name, args=args)


def test_what_leads_nowhere_is_refused_each_time() -> None:
    for _each in range(2):
        with pytest.raises(NoReverseMatch):
            address("person-detail", 7)
        with pytest.raises(NoReverseMatch):
            address("record-point", "niemand", ONE, 7)


def test_below_another_root() -> None:
    below = f"/crm/ansprechpartner/{ONE}/"
    set_script_prefix("/crm/")
    try:
        assert address("person-detail", ONE) == below
    finally:
        set_script_prefix("/")
    assert address("person-detail", ONE) == below.removeprefix("/crm")


def test_the_tag_of_templates() -> None:
    def shown(text: str) -> str:
        return engines["django"].from_string(text).render({"one": ONE})

    assert shown('{% url "person-detail" one %}') == f"/ansprechpartner/{ONE}/"
    assert shown('{% url "person-detail" public_id=one %}') == f"/ansprechpartner/{ONE}/"
    assert shown('{% url "person-detail" one as it %}[{{ it }}]') == f"[/ansprechpartner/{ONE}/]"
    assert shown('{% url "nowhere" one as it %}[{{ it }}]') == "[]"
    with pytest.raises(NoReverseMatch):
        shown('{% url "nowhere" one %}')
