"""A crash before any statement of a merge or an undo leaves nothing half-done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from contacts import merging
from contacts.models import Merge, MergeEntry
from crm.accounts.models import User
from crm.kernel.models import AuditEntry
from tests.contacts.merging.dumps import dump
from tests.contacts.merging.stocks import Stock

pytestmark = pytest.mark.django_db


class Crash(Exception):
    """The process ended here."""


def crash_everywhere(act: Callable[[], Any]) -> tuple[int, Any]:
    """Do it again and again, each time dying one statement later; how many deaths, and what came
    of it in the end. After each death everything is as it was."""
    whole = (dump(), Merge.objects.count(), MergeEntry.objects.count(), AuditEntry.objects.count())
    deaths = 0
    while True:
        left = deaths

        def dying(execute: Any, sql: str, *rest: Any) -> Any:
            nonlocal left
            if left == 0:
                raise Crash
            left -= 1
            return execute(sql, *rest)

        try:
            with transaction.atomic(), connection.execute_wrapper(dying):
                return deaths, act()
        except Crash:
            deaths += 1
        now = (
            dump(),
            Merge.objects.count(),
            MergeEntry.objects.count(),
            AuditEntry.objects.count(),
        )
        assert now == whole


@pytest.mark.parametrize("kind", ["person", "company"])
def test_no_statement_can_be_the_last(kind: str, admin: User, at: datetime) -> None:
    stock = Stock(5, at)
    before = dump()
    survivor, *others = stock.records(kind)[:3]
    deaths, merge = crash_everywhere(
        lambda: merging.merge(
            actor=None, survivor=survivor, others=others, despite_decision=True, at=at
        )
    )
    assert deaths > 40
    deaths, _undone = crash_everywhere(
        lambda: merging.undo(actor=None, merge=Merge.objects.get(pk=merge.pk), at=at)
    )
    assert deaths > 40
    assert dump() == before
