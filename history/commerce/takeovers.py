"""Take-overs of commercial data: every change is one function here; screen, API and command call
them. A file is uploaded, its columns are chosen, and it is taken over; a program sends its rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import session_locks, sources
from contacts.importing.readers import filetypes, open_table, options, refusals
from contacts.importing.readers.options import ReadOptions
from contacts.importing.readers.table import Row, Table
from contacts.models import Source, SourceKind
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors
from history.commerce import cleaning, columns, running
from history.commerce.fields import FIELDS
from history.models import Takeover, TakeoverState

SAMPLE: Final = 500
MOST_ROWS_AT_ONCE: Final = 5000
_RUNS: Final = 0x455251  # any constant: the family of the locks of take-overs under way


class Busy(errors.Conflict):
    """The file is being taken over right now."""

    code = "takeover-busy"
    default_message = gettext_lazy(
        "Diese Datei wird gerade übernommen. Bitte warten Sie, bis sie fertig ist."
    )


def upload(
    *,
    actor: User | None,
    kind: str,
    file: IO[bytes],
    file_name: str,
    reading: Mapping[str, Any] | None = None,
    source: Source | None = None,
    at: datetime,
) -> Takeover:
    """Keep the file, find out how it is read and what its columns probably are.

    :raises UnreadableFile: empty, too large, or no table
    """
    _require(actor)
    takeover = Takeover(
        kind=kind,
        source=source or erp(at=at),
        file_name=Path(file_name).name[-255:] or "datei",
        created_by=actor,
        created_at=at,
    )
    takeover.file.save(f"{takeover.public_id}.data", File(file), save=False)
    try:
        with _table(takeover, options.from_json(reading or {})) as table:
            takeover.header, takeover.reading = list(table.header), table.options.as_json()
        takeover.columns = columns.propose(kind=kind, header=takeover.header)
        with transaction.atomic():
            takeover.save()
            audit.record(
                actor=actor,
                action="commerce.uploaded",
                at=at,
                target=takeover,
                changes={"file": ["", takeover.file_name], "kind": ["", kind]},
            )
    except Exception:
        takeover.file.delete(save=False)
        raise
    return takeover


@transaction.atomic
def configure(
    *,
    actor: User | None,
    takeover: Takeover,
    chosen: Mapping[Any, Any],
    at: datetime,
) -> Takeover:
    """Say what the columns are; the next file of this shape is mapped alike.

    :raises errors.Invalid: a column is missing, or named twice (field ``columns``)
    """
    takeover = _locked(actor, takeover)
    takeover.columns = columns.checked(kind=takeover.kind, header=takeover.header, columns=chosen)
    takeover.save(update_fields=["columns"])
    columns.remember(kind=takeover.kind, header=takeover.header, columns=takeover.columns, at=at)
    return takeover


@transaction.atomic
def start(
    *, actor: User | None, takeover: Takeover, is_dry_run: bool = False, at: datetime
) -> Takeover:
    """Queue the take-over of an uploaded file; one that is done may be taken over again.

    :raises errors.Invalid: the columns are not mapped
    :raises Busy: it is under way
    """
    from history.commerce import tasks

    takeover = _locked(actor, takeover)
    columns.checked(kind=takeover.kind, header=takeover.header, columns=takeover.columns)
    takeover.state, takeover.is_dry_run = TakeoverState.QUEUED, is_dry_run
    takeover.save(update_fields=["state", "is_dry_run"])
    pk, who = takeover.pk, actor.pk if actor else None
    transaction.on_commit(lambda: tasks.take_over.delay(pk, who))
    return takeover


def work(*, takeover: Takeover, actor: User | None, at: datetime) -> Takeover:
    """Take over the file of a queued take-over; what cannot be read says so in ``failure``."""
    with session_locks.working_on(_RUNS, takeover.pk) as got_it:
        if not got_it:
            return takeover
        takeover.refused_rows.all().delete()
        takeover.state = TakeoverState.RUNNING
        takeover.save(update_fields=["state"])
        try:
            with _table(takeover, options.from_json(takeover.reading)) as table:
                _take_over(takeover, table, actor=actor, at=at)
        except errors.DomainError as refusal:
            _fail(takeover, refusal.message, at=at)
        except Exception:
            _fail(takeover, _("Ein Fehler im Programm hat die Übernahme abgebrochen."), at=at)
            raise
    return takeover


def take_over_rows(
    *,
    actor: User | None,
    kind: str,
    rows: Sequence[Mapping[str, str]],
    name: str,
    is_dry_run: bool = False,
    at: datetime,
) -> Takeover:
    """Take over what a program sends: one mapping of field → text for each row, numbers with a
    decimal point.

    :raises errors.Invalid: too many rows, or a field that does not exist (field ``rows``)
    """
    _require(actor)
    header = [field.code for field in FIELDS[kind]]
    strange = sorted({str(code) for row in rows for code in row if code not in header})
    problems = [
        _("Das Feld „%(code)s“ gibt es nicht. Möglich sind: %(known)s.")
        % {"code": code[:60], "known": ", ".join(header)}
        for code in strange[:3]
    ]
    if len(rows) > MOST_ROWS_AT_ONCE:
        problems.append(_("Bitte senden Sie höchstens 5.000 Zeilen auf einmal."))
    if problems:
        raise errors.Invalid({"rows": problems})
    takeover = Takeover.objects.create(
        kind=kind,
        source=erp(at=at),
        state=TakeoverState.RUNNING,
        is_dry_run=is_dry_run,
        file_name=name,
        header=header,
        columns=dict(zip(header, header, strict=True)),
        created_by=actor,
        created_at=at,
    )
    plan = cleaning.plan_of(kind=kind, header=header, columns=takeover.columns, notation="point")
    table = (
        Row(number, [row.get(code, "") for code in header]) for number, row in enumerate(rows, 1)
    )
    running.take_over(takeover, rows=table, plan=plan, actor=actor, at=at)
    return takeover


@transaction.atomic
def erp(*, at: datetime) -> Source:
    """The source of commercial data: the oldest ERP in use."""
    known = Source.objects.filter(kind=SourceKind.ERP, is_active=True).order_by("pk").first()
    return known or sources.create(
        actor=None, kind=SourceKind.ERP, name=_("Warenwirtschaft"), at=at
    )


def sample_of(takeover: Takeover) -> list[Row]:
    """The first rows of its file.

    :raises UnreadableFile: the file is gone or cannot be read
    """
    with _table(takeover, options.from_json(takeover.reading)) as table:
        return list(islice(table.rows, SAMPLE))


def _take_over(takeover: Takeover, table: Table, *, actor: User | None, at: datetime) -> None:
    plan = cleaning.plan_of(
        kind=takeover.kind,
        header=table.header,
        columns=takeover.columns,
        sample=sample_of(takeover),
    )
    running.take_over(takeover, rows=table.rows, plan=plan, actor=actor, at=at)


def _table(takeover: Takeover, reading: ReadOptions) -> Table:
    path = Path(takeover.file.path)
    if filetypes.kind_of(path) == "vcard":
        raise refusals.WrongFileType(
            _("Das sind Visitenkarten. Bitte wählen Sie eine CSV- oder Excel-Datei.")
        )
    return open_table(path, reading)


def _fail(takeover: Takeover, message: str, *, at: datetime) -> None:
    takeover.state, takeover.failure = TakeoverState.FAILED, message
    takeover.finished_at = at
    takeover.save(update_fields=["state", "failure", "finished_at"])


def _locked(actor: User | None, takeover: Takeover) -> Takeover:
    _require(actor)
    locked = Takeover.objects.select_for_update(of=("self",)).select_related("source")
    fresh = locked.filter(pk=takeover.pk).first()
    if fresh is None or not fresh.file:
        raise errors.NotFound(public_id=str(takeover.public_id))
    if session_locks.is_worked_on(_RUNS, fresh.pk):
        raise Busy
    return fresh


def _require(actor: User | None) -> None:
    if actor is not None:
        policy.require(actor, policy.Permission.COMMERCE_IMPORT)
