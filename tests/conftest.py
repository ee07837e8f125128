"""The cast: one user per role, teams, a source, a fixed instant."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.management import create_contenttypes
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models.signals import post_migrate
from django.utils import translation

from contacts import persons, quality_desk, sources
from contacts.models import Person, Source, SourceKind
from crm.accounts import users
from crm.accounts.models import RoleCode, Team, User
from crm.kernel.prepared import Prepared
from tests.redis_databases import Purpose, url_of

AT = datetime(2026, 3, 17, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True, scope="session")
def _a_cache_of_its_own() -> None:
    """Tests that empty the cache do not empty that of a process beside this one."""
    location = url_of(Purpose.CACHE, server=settings.REDIS_URL)
    caches.settings["default"]["LOCATION"] = location
    settings.CALLS_REDIS_URL = location
    if caches.all(initialized_only=True):  # made before, with the common address
        del caches["default"]


@pytest.fixture(autouse=True, scope="session")
def _emptying_deletes() -> Any:
    """Tests with real transactions empty all tables afterwards. Deleting the few rows takes a
    fortieth of the time of truncating, and passes the guards of tables that only grow.

    Django's own lists of models and permissions stay: no test writes to them, and filling them
    anew took longer than the emptying. What Einklang puts in after a migration comes back.
    """
    truncate = DatabaseOperations.sql_flush
    lists = {ContentType._meta.db_table, Permission._meta.db_table}

    def delete(self: Any, style: Any, tables: Any, **_options: Any) -> list[str]:
        post_migrate.disconnect(create_contenttypes)
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
        names = [self.quote_name(table) for table in tables if table not in lists]
        return [
            "SET LOCAL session_replication_role = replica",
            *(f"DELETE FROM {n}" for n in names),
        ]

    DatabaseOperations.sql_flush = delete
    yield
    DatabaseOperations.sql_flush = truncate


@pytest.fixture(autouse=True, scope="session")
def _prepared_statements_are_those_of_django() -> None:
    """Each prepared query is compared with what Django writes for the same arguments."""
    Prepared.is_checked = True


@pytest.fixture(autouse=True)
def _each_test_starts_in_german() -> Any:
    """A request speaks its user's language and leaves it switched on in this thread."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def at() -> datetime:
    """Tuesday, 17 March 2026, 10:12 in Berlin."""
    return AT


@pytest.fixture
def team(db: None) -> Team:
    return users.create_team(actor=None, name="Vertrieb Nord", at=AT)


@pytest.fixture
def other_team(db: None) -> Team:
    return users.create_team(actor=None, name="Vertrieb Süd", at=AT)


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """``make_user(RoleCode.SALES, teams=[...])`` with a new address each time."""
    count = 0

    def make(*roles: str, teams: Any = (), **values: Any) -> User:
        nonlocal count
        count += 1
        return users.create_user(
            actor=None,
            **{
                "email": f"person{count}@einklang.example",
                "first_name": "Mareike",
                "last_name": f"Thoms{count}",
                "password": "messstellen-nord",
                **values,
            },
            roles=roles or (RoleCode.SALES,),
            teams=teams,
            at=AT,
        )

    return make


@pytest.fixture
def sales(make_user: Callable[..., User], team: Team) -> User:
    return make_user(RoleCode.SALES, teams=[team])


@pytest.fixture
def service(make_user: Callable[..., User]) -> User:
    return make_user(RoleCode.SERVICE)


@pytest.fixture
def team_lead(make_user: Callable[..., User], team: Team) -> User:
    return make_user(RoleCode.TEAM_LEAD, teams=[team])


@pytest.fixture
def privacy(make_user: Callable[..., User]) -> User:
    return make_user(RoleCode.PRIVACY)


@pytest.fixture
def admin(make_user: Callable[..., User]) -> User:
    return make_user(RoleCode.ADMIN)


@pytest.fixture
def source(db: None) -> Source:
    return sources.create(actor=None, kind=SourceKind.ERP, name="ERP", at=AT)


@pytest.fixture
def make_person(admin: User, source: Source) -> Callable[..., Person]:
    """``make_person("Johannes", "Maier", title="Dr.", team=...)``."""

    def make(
        given_name: str, surname: str, *, owner: Any = None, team: Any = None, **values: Any
    ) -> Person:
        return persons.create(
            actor=admin,
            values={"given_name": given_name, "surname": surname, **values},
            source=source,
            owner=owner or (None if team else admin),
            team=team,
            at=AT,
        )

    return make


@pytest.fixture
def fresh_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No numbers of the quality desk from before; the cache is shared with other tests."""
    monkeypatch.setattr(quality_desk, "KEY", f"quality-desk-{uuid4()}")
