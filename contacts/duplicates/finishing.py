"""The end of a run: its result holds from now on."""

from datetime import datetime

import numpy as np
from django.db import transaction

from contacts.duplicates import cleaning, queueing, results, stocks
from contacts.matching.store import shards
from contacts.merging import findings, locks
from contacts.models import MatchingRun, MatchingState
from crm.kernel import audit


def finish(run: MatchingRun, *, at: datetime) -> None:
    """Make the run the current one (the caller saves it and holds its lock)."""
    run.figures.pop("step_ended", None)
    if run.records:
        space = stocks.workspace(run)
        frequencies = results.packed(
            given=space.share("given"),
            surname=space.share("surname"),
            births=space.frequent_births(),
            firms=np.minimum(np.bincount(space.rows["firm"].ravel()), 255).astype(np.uint8),
            dropped=np.sort(
                np.concatenate(
                    [space.dropped(number) for number in range(len(run.figures["keys"]))]
                )
            ),
        )
        shards.keep_frequencies(run.pk, frequencies)
    MatchingRun.objects.filter(kind=run.kind, is_current=True).exclude(pk=run.pk).update(
        is_current=False
    )
    if run.records:
        locks.one_at_a_time()
        findings.without_aliases(run, stocks.workspace(run).raw["id"])
    run.is_current, run.state, run.finished_at = True, MatchingState.DONE, at
    transaction.on_commit(lambda: cleaning.clean_up(run))
    transaction.on_commit(lambda: queueing.sweeping(run.kind))
    transaction.on_commit(lambda: queueing.merging(run.kind))
    audit.record(
        actor=run.started_by,
        action="matching.done",
        at=at,
        target=run,
        context={"records": run.records, "pairs": run.pairs_found, "groups": run.groups_found},
    )
