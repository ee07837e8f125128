"""Imports: every change of a run is one function here; screen, API and command call them.

``upload`` → ``configure`` as often as needed → ``start(dry_run=True)`` → ``start`` → ``revert``.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import formats
from django.utils.translation import gettext as _

from contacts import sources, writing
from contacts.importing import configuring, locks, settings, tasks
from contacts.models import ImportRun, ImportState, Source
from contacts.models.imports import BUSY_STATES
from crm.accounts import policy
from crm.accounts.models import Team, User
from crm.kernel import audit, errors

STARTABLE: Final = (ImportState.UPLOADED, ImportState.CANCELLED, ImportState.FAILED)
REVERTIBLE: Final = (ImportState.DONE, ImportState.CANCELLED, ImportState.FAILED)


class Busy(errors.DomainError):
    """The same file is being imported from the same source right now."""

    code = "import-busy"


class WrongState(errors.DomainError):
    """The run is not in a state in which this could be done."""

    code = "import-state"


class SourceExpired(errors.DomainError):
    """The source's data must not be used any more."""

    code = "import-source-expired"


def upload(
    *,
    actor: User | None,
    file: IO[bytes],
    file_name: str,
    source: Source,
    preset: str = "auto",
    update_existing: bool = False,
    owner: User | None = None,
    team: Team | None = None,
    at: datetime,
) -> ImportRun:
    """Keep the file, find out how it is read and what its columns probably mean.

    New records belong to ``owner`` and ``team``; without both to the actor and the actor's first
    team. ``actor`` is None only for the installation itself.

    :raises UnreadableFile: empty, too large, or nothing that holds contacts
    :raises SourceExpired: the source's use-until date is past
    """
    if actor is not None:
        policy.require(actor, policy.Permission.CONTACTS_IMPORT)
        owner, team = writing.belonging(actor=actor, owner=owner, team=team)
    _require_usable(source, at=at)
    name = Path(file_name).name[-255:] or "import"
    run = ImportRun(
        source=source,
        owner=owner,
        team=team,
        created_by=actor,
        file_name=name,
        update_existing=update_existing,
        created_at=at,
    )
    run.file.save(f"{run.public_id}.data", File(file), save=False)
    try:
        run.file_size = run.file.size
        run.file_hash = _sha256(Path(run.file.path))
        configuring.read_file(run, preset=preset)
        with transaction.atomic():
            run.save()
            audit.record(
                actor=actor,
                action="import.uploaded",
                at=at,
                target=run,
                changes={"file": ["", name], "source": ["", source.name]},
            )
    except Exception:
        run.file.delete(save=False)
        raise
    return run


@transaction.atomic
def configure(
    *,
    actor: User | None,
    run: ImportRun,
    reading: Mapping[str, Any] | None = None,
    preset: str | None = None,
    mapping: Mapping[str, Any] | None = None,
    update_existing: bool | None = None,
    at: datetime,
) -> ImportRun:
    """Change how the file is read, what its columns mean, or whether known persons are updated.

    ``reading``: encoding, delimiter, sheet, header_row; a missing or empty one is found out. A
    new ``reading`` or ``preset`` proposes the mapping anew unless ``mapping`` comes along.

    :raises BadReadOptions: an impossible encoding, delimiter or header row
    :raises BadMapping: see :mod:`contacts.importing.mapping`
    :raises WrongState: the import has begun
    """
    run = _locked(actor, run)
    if not (_is_untouched(run) or run.dry_run):
        raise WrongState(
            _("Der Import hat schon begonnen; seine Zuordnung lässt sich nicht mehr ändern."),
            state=run.state,
        )
    configuring.change(run, reading=reading, preset=preset, mapping=mapping)
    if update_existing is not None:
        run.update_existing = update_existing
    _forget_rows(run)
    run.save()
    return run


@transaction.atomic
def start(*, actor: User | None, run: ImportRun, dry_run: bool = False, at: datetime) -> ImportRun:
    """Queue the import, or go on with one that was cancelled or failed, behind its last chunk.

    A dry run does everything and keeps nothing but the result of each row.

    :raises Busy: the same file is being imported from this source
    :raises BadMapping: the columns are not mapped
    :raises WrongState: it is under way, done or taken back
    """
    run = _locked(actor, run)
    tried = run.state == ImportState.DONE and run.dry_run
    if not (run.state in STARTABLE or tried or _is_interrupted(run)):
        raise WrongState(_not_now(run), state=run.state)
    if settings.of(run).revert:
        raise WrongState(_("Dieser Import wurde zum Teil zurückgenommen."), state=run.state)
    _require_usable(run.source, at=at)
    configuring.require_mapping(run)
    if dry_run and run.position and not run.dry_run:
        raise WrongState(
            _("Ein Probelauf ist nur vor dem ersten Übernehmen möglich."), state=run.state
        )
    if run.dry_run:
        _forget_rows(run)
    run.dry_run = dry_run
    run.failure, run.finished_at = "", None
    run.state = ImportState.QUEUED
    _save_as_only_one(run)
    audit.record(
        actor=actor,
        action="import.started",
        at=at,
        target=run,
        context={"dry_run": dry_run, "update_existing": run.update_existing},
    )
    run_id = run.pk
    transaction.on_commit(lambda: tasks.run_import.delay(run_id))
    return run


@transaction.atomic
def cancel(*, actor: User | None, run: ImportRun, at: datetime) -> ImportRun:
    """Stop after the chunk under way; what was written stays and can be taken back.

    :raises WrongState: it is not under way
    """
    run = _locked(actor, run)
    if run.state not in (ImportState.QUEUED, ImportState.RUNNING):
        raise WrongState(_not_now(run), state=run.state)
    nobody_works = run.state == ImportState.QUEUED or _is_interrupted(run)
    run.state = ImportState.CANCELLED if nobody_works else ImportState.CANCELLING
    run.finished_at = at if nobody_works else None
    run.save(update_fields=["state", "finished_at"])
    audit.record(actor=actor, action="import.cancel-asked", at=at, target=run)
    return run


@transaction.atomic
def revert(*, actor: User | None, run: ImportRun, at: datetime) -> ImportRun:
    """Queue the taking back of everything the import wrote, updates included.

    What somebody changed since stays, and its row says so.

    :raises WrongState: it is under way, was a dry run, or is taken back already
    """
    run = _locked(actor, run)
    if run.dry_run or run.state not in REVERTIBLE:
        raise WrongState(_not_now(run), state=run.state)
    run.state = ImportState.REVERTING
    run.settings = {**run.settings, "reverted_by": actor.pk if actor else None}
    run.save(update_fields=["state", "settings"])
    audit.record(actor=actor, action="import.revert-asked", at=at, target=run)
    run_id = run.pk
    transaction.on_commit(lambda: tasks.revert_import.delay(run_id))
    return run


@transaction.atomic
def discard(*, actor: User | None, run: ImportRun, at: datetime) -> None:
    """Throw away an upload of which nothing was taken over.

    :raises WrongState: something was written, or is being written
    """
    run = _locked(actor, run)
    if run.state in BUSY_STATES or not (_is_untouched(run) or run.dry_run):
        raise WrongState(_not_now(run), state=run.state)
    audit.record(actor=actor, action="import.discarded", at=at, target=run)
    file = run.file
    run.delete()
    transaction.on_commit(lambda: file.storage.delete(str(file.name)))


def _locked(actor: User | None, run: ImportRun) -> ImportRun:
    if actor is not None:
        policy.require(actor, policy.Permission.CONTACTS_IMPORT)
    locked = ImportRun.objects.select_for_update(of=("self",)).select_related("source")
    fresh = locked.filter(pk=run.pk).first()
    if fresh is None:
        raise errors.NotFound(public_id=str(run.public_id))
    return fresh


def _is_untouched(run: ImportRun) -> bool:
    return run.state == ImportState.UPLOADED


def _is_interrupted(run: ImportRun) -> bool:
    """Whether its worker died: it is under way, and nobody works on it."""
    return run.state in (ImportState.RUNNING, ImportState.CANCELLING) and not locks.is_worked_on(
        run.pk
    )


def _forget_rows(run: ImportRun) -> None:
    """Begin again after a dry run."""
    run.rows.all().delete()
    run.state, run.dry_run, run.position = ImportState.UPLOADED, False, 0
    run.created_count = run.updated_count = run.unchanged_count = 0
    run.rejected_count = run.marked_count = 0


def _save_as_only_one(run: ImportRun) -> None:
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError as error:
        raise Busy(
            _(
                "Die Datei „%(file)s“ wird gerade schon aus der Herkunft „%(source)s“ importiert. "
                "Bitte warten Sie, bis dieser Import fertig ist."
            )
            % {"file": run.file_name, "source": run.source.name}
        ) from error


def _require_usable(source: Source, *, at: datetime) -> None:
    if not sources.usable(source, on=at.date()) and source.use_until is not None:
        raise SourceExpired(
            _("Daten aus „%(source)s“ durften nur bis %(day)s genutzt werden.")
            % {
                "source": source.name,
                "day": formats.date_format(source.use_until, "SHORT_DATE_FORMAT"),
            },
            field="source",
        )


def _not_now(run: ImportRun) -> str:
    return _("Das geht nicht, solange der Import so steht: %(state)s.") % {
        "state": ImportState(run.state).label
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
