"""The same settings once more: for a file like an old one, for the next delivery of a source."""

from dataclasses import replace
from datetime import datetime
from typing import IO

from django.db import transaction

from contacts import access
from contacts.importing import imports, settings
from contacts.importing.mapping import BadMapping, Mapping
from contacts.models import ImportRun, ImportState
from crm.accounts.models import User


@transaction.atomic
def upload_like(
    *, actor: User, run: ImportRun, file: IO[bytes], file_name: str, at: datetime
) -> ImportRun:
    """Upload a file with the source, owner, team, reading and mapping of an earlier run.

    Columns that the new file lacks are forgotten; those that it has more are proposed anew.

    :raises DomainError: as :func:`contacts.importing.imports.upload` does
    """
    new = imports.upload(
        actor=actor,
        file=file,
        file_name=file_name,
        source=run.source,
        update_existing=run.update_existing,
        owner=run.owner,
        team=run.team,
        at=at,
    )
    chosen = settings.of(run).chosen.as_json()
    new = imports.configure(actor=actor, run=new, reading=chosen, at=at)
    mapping = mapping_like(run, like=new)
    try:
        return imports.configure(actor=actor, run=new, mapping=mapping.as_json(), at=at)
    except BadMapping:
        return new


def mapping_like(run: ImportRun, *, like: ImportRun) -> Mapping:
    """The mapping of ``run`` as far as the file of ``like`` has its columns, else the proposal."""
    former, current = settings.of(run).mapping, settings.of(like)
    known = {name: code for name, code in former.columns.items() if name in current.header}
    taken = {code for code in known.values() if code}
    own = {name: code for name, code in current.mapping.columns.items() if code not in taken}
    return replace(former, columns={**own, **known})


def former_run(run: ImportRun, *, user: User) -> ImportRun | None:
    """The last finished import of the same source whose file had a column of this one, among
    those that the user may see."""
    header = set(settings.of(run).header)
    finished = (ImportState.DONE, ImportState.CANCELLED, ImportState.REVERTED)
    seen = access.imports_of(user)
    runs = seen.filter(source=run.source, dry_run=False, state__in=finished)
    for former in runs.exclude(pk=run.pk).order_by("-pk")[:5]:
        if header & set(settings.of(former).header):
            return former
    return None
