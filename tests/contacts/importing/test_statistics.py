"""PostgreSQL hears of a stock that grows faster than it would count by itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.importing import statistics
from contacts.models import ImportRow


def counted(**believed: int) -> tuple[statistics.Statistics, CaptureQueriesContext]:
    found = statistics.Statistics()
    found.known = believed["known"]
    return found, CaptureQueriesContext(connection)


def analysed(queries: CaptureQueriesContext) -> list[str]:
    return [each["sql"] for each in queries.captured_queries if each["sql"].startswith("ANALYZE")]


@pytest.mark.parametrize(
    ("known", "portions"), [(0, [1000]), (999, [2000, 997]), (50_000, [1000] * 150)]
)
@pytest.mark.django_db
def test_counted_when_there_is_four_times_as_much(known: int, portions: list[int]) -> None:
    found, queries = counted(known=known)
    *before, last = portions
    with queries:
        for count in before:
            found.added_rows(count)
    assert analysed(queries) == []
    with queries:
        found.added_rows(last)
    assert len(analysed(queries)) == 1
    assert found.added == 0


@pytest.mark.django_db
def test_few_rows_are_not_worth_it() -> None:
    found, queries = counted(known=0)
    with queries:
        found.added_rows(999)
    assert analysed(queries) == []
    assert found.added == 999


@pytest.mark.django_db
def test_what_was_counted_is_what_postgresql_plans_with(source, at) -> None:
    found, _queries = counted(known=0)
    found.added_rows(1000)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE relname = %s", [ImportRow._meta.db_table]
        )
        assert cursor.fetchone() == (ImportRow.objects.count(),)
    assert found.known == ImportRow.objects.count()
