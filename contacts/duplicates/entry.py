"""The check at entry: suspects of a record that is typed, imported, captured or posted."""

from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from contacts.duplicates import results, shipped, suspects
from contacts.matching import explain
from contacts.matching.explain import Explanation
from contacts.matching.frequencies import Fillers
from contacts.matching.model import Model
from contacts.matching.signatures import Facts
from contacts.matching.store import entry, findings, shards
from contacts.matching.store.entry import Frequencies, Standard
from contacts.matching.store.findings import Current
from contacts.models import Company, MatchingKind, MatchingRun, Person

Record = Person | Company
MOST = 20


@dataclass(frozen=True, slots=True)
class Suspect:
    """A record of the stock that looks like the one at hand: its primary key, weight in bits,
    band and explanation. Whether a user may see it is asked where it is fetched."""

    id: int
    weight: float
    band: str
    explanation: Explanation


def suspects_for(record: Record | Facts, *, kind: str = "", limit: int = MOST) -> list[Suspect]:
    """Who looks like this record, strongest first, from the threshold of 0 bits on.

    ``record`` is a saved person or company, or facts that are only typed so far (then ``kind``
    says whose). The scorer and the frequencies are those of the last run; before the first run
    those that are shipped.
    """
    if not isinstance(record, Facts):
        kind = (record._meta.model_name or "").upper()
    kind = kind or MatchingKind.PERSON
    standard = _last.get(kind) or _standard(kind, findings.current(kind))
    while True:
        if isinstance(record, Facts):
            answer = entry.of_facts(kind, record, standard=standard)
        else:
            answer = entry.of_record(kind, record.pk, standard=standard)
        if answer.run == standard.run:
            break
        standard = _standard(kind, answer.run)
    _last[kind] = standard
    model = standard.model
    return [_told(each, model) for each in answer.found[:limit] if each.weight >= 0]


_last: dict[str, Standard] = {}
"""By what each kind was scored last: asking the stock tells whether that still holds."""


def _standard(kind: str, current: Current | None) -> Standard:
    """Model and frequencies of a run; without one, what is shipped."""
    if current is None:
        return Standard(None, shipped.model(kind), _shipped_frequencies(kind))
    known = _frequencies(current.run, current.finished_at)
    return Standard(current, suspects.model_by(current.model), known)


@lru_cache(maxsize=4)
def _frequencies(run_id: int, _finished: object) -> Frequencies:
    run = MatchingRun.objects.defer("frequencies").get(pk=run_id)
    stored = shards.frequencies(run_id)
    if not stored:
        return _shipped_frequencies(run.kind)
    parts = results.unpacked(stored)
    return Frequencies(
        given=parts["given"],
        surname=parts["surname"],
        births=parts["births"],
        firms=parts["firms"],
        dropped=parts["dropped"],
        fillers=Fillers.from_json(run.figures["fillers"]),
    )


def _shipped_frequencies(kind: str) -> Frequencies:
    """Shares from the shipped table, looked up for the names at hand: nothing of the stock was
    counted yet, and it may be large."""
    none = np.zeros(0, dtype=np.float32)
    return Frequencies(
        given=none,
        surname=none,
        births=np.zeros((0, 2)),
        firms=np.zeros(0, dtype=np.uint8),
        dropped=np.zeros(0, dtype=np.uint32),
        fillers=Fillers(),
        shares_of=partial(shipped.shares, kind),
    )


_explained = lru_cache(maxsize=20_000)(explain.explain)
"""Patterns are few, and the model of a run never changes."""


def _told(each: entry.Scored, model: Model) -> Suspect:
    why = _explained(each.pattern, model)
    return Suspect(each.id, each.weight, explain.band(each.weight), why)
