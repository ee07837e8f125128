"""Files to import, and imports run in this process."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from contacts.importing import imports, reverting, running
from contacts.models import ImportRow, ImportRun, Source
from crm.accounts.models import User

Importer = Callable[..., ImportRun]


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def upload(admin: User, source: Source, at: datetime) -> Importer:
    """``upload("Vorname;Nachname\\n…", file_name="liste.csv", mapping={...})``."""

    def make(content: str | bytes | Path, *, mapping: Any = None, **values: Any) -> ImportRun:
        if isinstance(content, Path):
            values.setdefault("file_name", content.name)
            content = content.read_bytes()
        data = content.encode() if isinstance(content, str) else content
        values = {"actor": admin, "source": source, "file_name": "liste.csv", **values}
        run = imports.upload(file=BytesIO(data), at=at, **values)
        if mapping is not None:
            run = imports.configure(actor=values["actor"], run=run, mapping=mapping, at=at)
        return run

    return make


@pytest.fixture
def go(at: datetime) -> Callable[..., ImportRun]:
    """Start a run and work it off in this process."""

    def work(run: ImportRun, *, dry_run: bool = False) -> ImportRun:
        imports.start(actor=run.created_by, run=run, dry_run=dry_run, at=at)
        running.work(run.pk, clock=lambda: at)
        return ImportRun.objects.get(pk=run.pk)

    return work


@pytest.fixture
def import_file(upload: Importer, go: Callable[..., ImportRun]) -> Importer:
    """Upload and import in one go."""

    def make(content: str | bytes | Path, *, dry_run: bool = False, **values: Any) -> ImportRun:
        return go(upload(content, **values), dry_run=dry_run)

    return make


@pytest.fixture
def take_back(at: datetime) -> Callable[[ImportRun], ImportRun]:
    """Revert a run in this process."""

    def work(run: ImportRun) -> ImportRun:
        imports.revert(actor=run.created_by, run=run, at=at)
        reverting.work(run.pk, clock=lambda: at)
        return ImportRun.objects.get(pk=run.pk)

    return work


@pytest.fixture
def outcomes() -> Callable[[ImportRun], list[tuple[int, str, str]]]:
    """(number, outcome, reason code) of each row."""

    def read(run: ImportRun) -> list[tuple[int, str, str]]:
        rows = ImportRow.objects.filter(run=run).order_by("number")
        return list(rows.values_list("number", "outcome", "reason_code"))

    return read
