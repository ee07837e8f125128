"""The demo company goes through the real import; here small and without a queue in between."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count

from consent import reading, recording
from consent.ledger import verifier
from consent.models import LedgerEvent
from contacts import criteria
from contacts.duplicates import queueing, watching
from contacts.duplicates.runs import Progress
from contacts.importing import running, tasks
from contacts.models import (
    Company,
    ContactPointKind,
    ImportRun,
    ImportState,
    MatchingRun,
    MatchingState,
    Person,
    Source,
    SuspectGroup,
    SuspectPair,
)
from crm.accounts.models import User
from crm.demo import customers, loading, origins, staff
from crm.demo.records import Origin
from crm.kernel.errors import DomainError
from crm.kernel.models import AuditEntry
from history.models import Appointment, Event

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Listener:
    """Remembers the files and searches it was told about."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.searched: list[str] = []

    def under_way(self, run: ImportRun) -> None:
        assert run.rows_total

    def done(self, run: ImportRun) -> None:
        self.files.append(run.file_name)

    def matching(self, run: MatchingRun, progress: Progress) -> None:
        if run.state == MatchingState.DONE:
            self.searched.append(run.kind)
            assert progress.share == 1


@pytest.fixture
def no_queue(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """What would be queued is worked off at once, in this process."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def work(run_id: int) -> None:
        running.work(run_id, clock=lambda: NOW)

    monkeypatch.setattr(tasks.run_import, "delay", work)
    monkeypatch.setattr(queueing, "shard", lambda _shard: None)
    monkeypatch.setattr(queueing, "sweeping", lambda _kind: None)
    monkeypatch.setattr(watching, "has_worker", lambda: False)


def load(folder: Path, listener: Listener) -> loading.Loaded:
    return loading.load(folder=folder, clock=lambda: NOW, tell=listener, persons=400, companies=100)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_queue")
def test_load(tmp_path: Path) -> None:
    listener = Listener()
    assert not loading.is_loaded()

    loaded = load(tmp_path, listener)

    assert listener.files == [origin.value for origin in Origin]
    assert (loaded.persons, loaded.companies) == (400, 100)
    assert loaded.rejected == 8 + 2  # rows of the list, cards
    assert loaded.marked > 20
    assert listener.searched == ["PERSON", "COMPANY"]
    assert loaded.pairs == SuspectPair.objects.count()
    assert loaded.groups == SuspectGroup.objects.count()
    assert loading.is_loaded()
    assert not Person.objects.filter(owner=None).exists()
    assert not Company.objects.filter(owner=None).exists()

    fair = Event.objects.get()
    visitors = Person.objects.filter(source=fair.source).count()
    states = dict(fair.leads.values_list("state").annotate(n=Count("pk")).order_by("state"))
    assert fair.leads.count() >= 36
    assert set(states) == {"NEW", "TAKEN_OVER", "DROPPED"}
    assert visitors == fair.leads.exclude(name="").count()
    assert Person.objects.count() == 400 + visitors

    north = User.objects.get(email="vertrieb@nordlicht.example")
    south = User.objects.get(email="vertrieb-sued@nordlicht.example")
    seen = [Person.objects.visible_to(user).count() for user in (north, south)]
    assert sum(seen) == 400 + visitors
    assert min(seen) > 50
    maiers = Person.objects.filter(employments__company__name="Havelberg Anlagenbau")
    assert sorted(str(person) for person in maiers.filter(surname__in=("Maier", "Mayer"))) == [
        "Dr. Hans Mayer",
        "Dr. Johannes Maier",
        "Dr. Johannes Maier",
    ]

    bought = Person.objects.filter(source__name=origins.ORIGINS[Origin.LIST]["name"])
    assert bought.exists()
    assert not bought.filter(contact_points__contact_point__kind=ContactPointKind.EMAIL).exists()

    agreed = Appointment.objects.select_related("employee")
    assert agreed.count() > 20
    assert len({each.employee_id for each in agreed}) > 2
    assert all(NOW < each.starts_at < NOW + timedelta(days=25) for each in agreed)

    proposed = {use.criterion.code for use in criteria.uses(at=NOW) if use.propose_retirement}
    assert {"hallenflaeche", "lieblingsverein"} <= proposed

    assert verifier.verify(reading.lines()).decision == "VALID"
    told = set(LedgerEvent.objects.values_list("kind", flat=True))
    assert told >= {
        "granted",
        "disputed",
        "withdrawn",
        "objected",
        "sale",
        "used",
        "text_published",
        "notice_published",
        "notice_given",
    }

    counts = (Person.objects.count(), AuditEntry.objects.count(), recording.size())
    load(tmp_path, listener)
    assert (Person.objects.count(), AuditEntry.objects.count()) == (counts[0], counts[1] + 1)
    assert recording.size() == counts[2]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_queue")
def test_the_search_finds_who_stands_in_two_files(tmp_path: Path) -> None:
    load(tmp_path, Listener())
    maiers = Person.objects.filter(
        employments__company__name="Havelberg Anlagenbau", surname__in=("Maier", "Mayer")
    ).values_list("pk", flat=True)
    group = SuspectGroup.objects.get(members__contains=list(maiers)[:1], kind="PERSON")
    assert set(maiers) <= set(group.members)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_queue")
def test_a_load_that_was_interrupted_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(Exception):
        pass

    class Impatient(Listener):
        def done(self, run: ImportRun) -> None:
            super().done(run)
            if len(self.files) == 2:
                raise Interrupted

    with pytest.raises(Interrupted):
        load(tmp_path, Impatient())
    assert not loading.is_loaded()
    assert ImportRun.objects.count() == 2

    loaded = load(tmp_path, Listener())
    assert (loaded.persons, loaded.companies) == (400, 100)
    assert [run.state for run in ImportRun.objects.all()] == [ImportState.DONE] * 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_queue")
def test_an_import_that_fails_ends_the_load(tmp_path: Path) -> None:
    class Vandal(Listener):
        def done(self, run: ImportRun) -> None:
            super().done(run)
            Source.objects.filter(name="Adresskontor Falk").update(use_until=date(2026, 11, 21))

    with pytest.raises(DomainError, match="durften nur bis"):
        loading.load(folder=tmp_path, clock=lambda: NOW, tell=Vandal(), persons=100, companies=30)
    assert not loading.is_loaded()


def test_the_areas_have_teams() -> None:
    by_mailbox = {each.mailbox: each for each in staff.COLLEAGUES}
    assert all(by_mailbox[mailbox].teams for mailbox in staff.AREAS.values())
    assert customers.email_of("vertrieb") == "vertrieb@nordlicht.example"
