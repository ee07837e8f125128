"""The audit log is append-only and belongs to the transaction of the change."""

from datetime import datetime

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from crm.accounts.models import Team
from crm.kernel import audit
from crm.kernel.models import AuditEntry


def test_an_entry_tells_who_did_what_to_which_object(team: Team, admin, at: datetime) -> None:
    entry = audit.record(
        actor=admin,
        action="team.updated",
        at=at,
        target=team,
        changes={"name": ["Nord", "Vertrieb Nord"]},
        context={"import": 7},
    )
    assert (entry.actor_id, entry.actor_label) == (admin.pk, str(admin))
    assert (entry.object_type, entry.object_id) == ("accounts.team", team.pk)
    assert entry.object_label == "Vertrieb Nord"
    assert AuditEntry.objects.get(pk=entry.pk).changes == {"name": ["Nord", "Vertrieb Nord"]}
    assert entry.context == {"import": 7}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE kernel_auditentry SET action = 'x'",
        "DELETE FROM kernel_auditentry",
        "TRUNCATE kernel_auditentry",
    ],
)
def test_the_database_refuses_to_change_an_entry(team: Team, sql: str) -> None:
    before = list(AuditEntry.objects.values())
    assert before
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(AuditEntry.objects.values()) == before


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_of_a_transaction_is_refused(at: datetime) -> None:
    with pytest.raises(RuntimeError):
        audit.record(actor=None, action="x", at=at)
    assert AuditEntry.objects.filter(action="x").count() == 0


def test_many_entries_take_one_statement(
    team: Team, at: datetime, django_assert_num_queries
) -> None:
    acts = [audit.Act(action="x", target=("t", number, "")) for number in range(500)]
    with django_assert_num_queries(1):
        audit.record_many(actor=None, acts=acts, at=at)
    assert AuditEntry.objects.filter(action="x").count() == 500


def test_only_what_differs_is_a_change() -> None:
    assert audit.diff({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == {"b": [2, 3], "c": [None, 4]}
