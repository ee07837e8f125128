"""What a run leaves behind, taken away when it has ended.

Whoever ends a run cleans up after it; if that process dies first, :func:`catch_up` does it.
"""

from contextlib import suppress
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from contacts.duplicates import marks, queueing
from contacts.duplicates.setup import workspace_of
from contacts.matching.store import snapshots
from contacts.matching.workspace import runs_kept
from contacts.models import (
    MatchingRun,
    MatchingSnapshot,
    MatchingState,
    SuspectGroup,
    SuspectPair,
)
from contacts.models.matching import BUSY_MATCHING


def clean_up(run: MatchingRun) -> None:
    """Delete the snapshot, the shards' results and the arrays; of a run that did not finish
    also the pairs and groups it wrote."""
    workspace_of(run).forget()
    run.shards.update(result=None)
    if run.state != MatchingState.DONE and run.generation == run.pk:
        _forget_generation(run.pk)
    snapshots.forget(run.pk)  # last: as long as it is there, catch_up begins anew


def catch_up() -> None:
    """Clean up after runs whose end nobody survived, here and on other machines.

    The arrays of a run lie on every machine that worked on it; this takes away this machine's.
    """
    ended = MatchingRun.objects.exclude(state__in=BUSY_MATCHING)
    for run in ended.filter(Exists(MatchingSnapshot.objects.filter(run=OuterRef("pk")))):
        clean_up(run)
        if run.state == MatchingState.DONE:
            queueing.sweeping(run.kind)
    kept = []
    for name in runs_kept():
        with suppress(ValueError):
            kept.append(UUID(name))
    for run in ended.filter(public_id__in=kept):
        workspace_of(run).forget()


def sweep(kind: str) -> None:
    """Once a run holds, delete what earlier generations found, and the marks of the records that
    waited for it."""
    current = MatchingRun.objects.filter(kind=kind, is_current=True).defer("frequencies").first()
    if current is None:
        return
    marks.clear(current)
    older = SuspectPair.objects.filter(kind=kind, generation__lt=current.generation)
    for generation in set(older.order_by().values_list("generation", flat=True).distinct()):
        _forget_generation(generation)
    SuspectGroup.objects.filter(kind=kind, generation__lt=current.generation).delete()
    MatchingRun.objects.filter(kind=kind, is_current=False).update(frequencies=None)


def _forget_generation(generation: int) -> None:
    with connection.cursor() as cursor:
        for model in (SuspectPair, SuspectGroup):
            cursor.execute(
                f"DELETE FROM {model._meta.db_table} WHERE generation = %s", [generation]
            )
