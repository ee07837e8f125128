"""Results of the duplicate batch made by hand: screens and API need no run to show them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import numpy as np

from contacts.duplicates.setup import setup_of
from contacts.matching.comparison import pack
from contacts.matching.explain import explain
from contacts.matching.model import Layout, Model
from contacts.models import (
    Company,
    MatchingKind,
    MatchingModel,
    MatchingRun,
    MatchingScope,
    MatchingState,
    MatchingStep,
    Person,
    SuspectGroup,
    SuspectPair,
)

ALIKE = {"given": "same_3", "surname": "similar_rare_2", "birth": "exchanged", "phone": "same"}
APART = {"given": "same_8", "surname": "same_8", "birth": "other"}
SECONDS = {step.value: 1.5 for step in MatchingStep}
FIGURES: dict[str, Any] = {
    "seconds": SECONDS,
    "work_seconds": SECONDS,
    "keys": [
        {
            "name": "Rufnummer",
            "cap": 60,
            "emitted": 289,
            "first": 5,
            "dropped_blocks": 2,
            "dropped_records": 512,
            "dropped_pairs": 130816,
        }
    ],
    "fillers_told": [{"kind": "birth", "text": "01.01.1900", "held": 512}],
    "histogram": {"edges": [-40.0, 0.0, 3.0, 6.0, 40.0], "counts": [5000, 7, 11, 13]},
    "notices": ["Der Bestand ist klein."],
}


def made_model(kind: str, at: datetime) -> MatchingModel:
    """A model in use: matches agree as EM begins, everything else is left to chance."""
    layout = setup_of(kind).layout
    match, chance = _row(layout, of_match=True), _row(layout, of_match=False)
    count = len(layout.causes)
    parts = [chance[layout.span(field.name)] for field in layout.fields[:2]]
    joint = {at: np.outer(*parts) for at, cause in enumerate(layout.causes) if cause.joint}
    shares = np.array([0.02] + [0.98 / (count - 1)] * (count - 1))
    model = Model(layout, shares, np.array([match] + [chance] * (count - 1)), joint)
    return MatchingModel.objects.create(
        kind=kind,
        version=1,
        origin=MatchingModel.Origin.LEARNED,
        data=model.as_json(),
        figures={"records": 5000, "pairs": 23807, "patterns": 1280, "chance": chance.tolist()},
        is_current=True,
        created_at=at,
    )


def made_run(model: MatchingModel, at: datetime, **values: Any) -> MatchingRun:
    """A finished run whose result holds."""
    known: dict[str, Any] = {
        "scope": MatchingScope.FULL,
        "state": MatchingState.DONE,
        "step": MatchingStep.WRITE,
        "is_current": True,
        "created_at": at,
        "started_at": at,
        "finished_at": at + timedelta(seconds=12),
        "records": 5000,
        "candidates": 23807,
        "pairs_found": 520,
        "groups_found": 423,
        "figures": FIGURES,
    }
    run = MatchingRun.objects.create(kind=model.kind, model=model, **known | values)
    run.generation = run.pk
    run.save()
    return run


def suspected(
    run: MatchingRun,
    records: Sequence[Person | Company],
    *,
    levels: dict[str, str] | None = None,
    number: int = 1,
) -> SuspectGroup:
    """The records as a group of the run, each pair with the same findings."""
    assert run.model is not None
    layout = setup_of(run.kind).layout
    codes = ALIKE if levels is None else levels
    found = [
        np.array([field.number(codes[field.name]) if field.name in codes else 0], dtype=np.uint8)
        for field in layout.fields
    ]
    pattern = int(pack(found)[0])
    weight = explain(pattern, Model.from_json(run.model.data, layout)).weight
    ids = sorted(record.pk for record in records)
    place: dict[str, Any] = {"generation": run.generation, "kind": run.kind}
    for first, second in combinations(ids, 2):
        SuspectPair.objects.create(
            first_id=first, second_id=second, weight=weight, pattern=pattern, group=number, **place
        )
    return SuspectGroup.objects.create(
        number=number, members=ids, size=len(ids), strength=weight, weakest=weight, **place
    )


def made_results(at: datetime) -> dict[str, MatchingRun]:
    """A finished run of each kind."""
    return {kind: made_run(made_model(kind, at), at) for kind in MatchingKind.values}


def _row(layout: Layout, *, of_match: bool) -> Any:
    """One probability per level; "missing" says nothing."""
    found = [1.0] * layout.offsets[-1]
    for field in layout.fields:
        begin = layout.span(field.name).start + 1
        starts = [level.start or 0.01 for level in field.levels]
        for number, level in enumerate(field.levels):
            usual = 0.95 if level.code == "other" else 0.05 / len(starts)
            found[begin + number] = starts[number] / sum(starts) if of_match else usual
    return np.array(found)
