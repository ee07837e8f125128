"""Step 4: the model: the one in use, the shipped one, or one learned from this stock."""

import json
from typing import Any, Final

import numpy as np
from django.db.models import Max
from django.utils.translation import gettext as _

from contacts.duplicates import current, results, shipped, stocks
from contacts.duplicates.setup import setup_of
from contacts.matching import chance, training
from contacts.matching.model import Model
from contacts.models import (
    MatchingModel,
    MatchingRun,
    MatchingScope,
    MatchingShard,
    MatchingStep,
)
from crm.kernel import clock

MUCH: Final = 0.2  # share of records by which a stock has to grow or shrink to be learned anew


def cut(_run: MatchingRun) -> list[tuple[int, int]]:
    """One shard."""
    return [(0, 0)]


def do(shard: MatchingShard) -> bytes:
    """Learn the model, or say that the one in use stays (nothing)."""
    run = shard.run
    if _keeps(run):
        return b""
    patterns, counts = _counted(run)
    if not len(patterns):
        return b""
    layout = setup_of(run.kind).layout
    if run.figures["frequencies"] == "shipped":
        begun = shipped.model(run.kind)
        row = np.array(begun.told["chance"])
        model = training.learn(patterns, counts, row, layout, only_shares_of=begun)
    else:
        drawn = sum(
            part["drawn"] for part in results.of(run, MatchingStep.COMPARE) if "drawn" in part
        )
        stock = stocks.workspace(run).stock
        row = chance.probabilities(stock, layout, np.asarray(drawn))
        model = training.learn(patterns, counts, row, layout)
    return results.packed(model=np.array([json.dumps(model.as_json())]), chance=row)


def _keeps(run: MatchingRun) -> bool:
    """Whether the model in use is to be used again."""
    if run.scope == MatchingScope.CHANGED:
        return True
    model = current.model_of(run.kind)
    if run.retrain or model is None:
        return False
    if (model.origin == MatchingModel.Origin.SHIPPED) != (run.figures["frequencies"] == "shipped"):
        return False
    learned_from = int(model.figures.get("records", 0))
    return abs(run.records - learned_from) <= MUCH * learned_from


def _counted(run: MatchingRun) -> tuple[Any, Any]:
    """All patterns and their counts."""
    parts = [part for part in results.of(run, MatchingStep.COMPARE) if "patterns" in part]
    if not parts:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    patterns, where = np.unique(
        np.concatenate([part["patterns"] for part in parts]), return_inverse=True
    )
    counts = np.bincount(where, weights=np.concatenate([part["counts"] for part in parts]))
    return patterns, counts.astype(np.int64)


def sum_up(run: MatchingRun) -> None:
    """Put the new model into use, unless it makes no sense: then the last good one stays."""
    part = next(iter(results.of(run, MatchingStep.LEARN)), None)
    if part is None:
        run.model = current.model_of(run.kind)
        return
    learned = Model.from_json(json.loads(str(part["model"][0])), setup_of(run.kind).layout)
    before = current.model_of(run.kind)
    is_shipped = run.figures["frequencies"] == "shipped"
    if not is_shipped and (doubt := training.doubt(learned, part["chance"])):
        run.figures.setdefault("notices", []).append(
            _("Das neu gelernte Modell wurde verworfen (%(doubt)s); das letzte gute gilt weiter.")
            % {"doubt": doubt}
        )
        if before is not None:
            run.model = before
            return
        learned = shipped.model(run.kind)
    if is_shipped:
        run.figures.setdefault("notices", []).append(
            _(
                "Der Bestand ist klein (unter %(least)d Einträgen). Verglichen wurde mit dem "
                "mitgelieferten Modell; aus dem Bestand gelernt sind nur die Anteile."
            )
            % {"least": shipped.LEAST}
        )
    _patterns, counts = _counted(run)
    last = MatchingModel.objects.filter(kind=run.kind).aggregate(last=Max("version"))["last"] or 0
    MatchingModel.objects.filter(kind=run.kind, is_current=True).update(is_current=False)
    run.model = MatchingModel.objects.create(
        kind=run.kind,
        version=last + 1,
        origin=MatchingModel.Origin.SHIPPED if is_shipped else MatchingModel.Origin.LEARNED,
        data=learned.as_json(),
        figures={
            "records": run.records,
            "pairs": int(counts.sum()),
            "patterns": len(counts),
            "chance": part["chance"].tolist(),
        },
        is_current=True,
        created_at=clock.now(),
    )
