"""What a run leaves behind, taken away when it has ended."""

from django.db import connection

from contacts.duplicates.setup import workspace_of
from contacts.matching.store import snapshots
from contacts.models import MatchingRun, MatchingState, SuspectGroup, SuspectPair


def clean_up(run: MatchingRun) -> None:
    """Delete the snapshot, the shards' results and the arrays; of a run that did not finish
    also the pairs and groups it wrote."""
    workspace_of(run).forget()
    snapshots.forget(run.pk)
    run.shards.update(result=None)
    if run.state != MatchingState.DONE and run.generation == run.pk:
        _forget_generation(run.pk)


def sweep(kind: str) -> None:
    """Delete what earlier generations found, once a newer one holds."""
    current = MatchingRun.objects.filter(kind=kind, is_current=True).first()
    if current is None:
        return
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
