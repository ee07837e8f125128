"""How good a run's pairs and groups are, measured against the truth."""

from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.matching_files import Loaded

Ints = npt.NDArray[np.int64]


def of_current_run(loaded: Loaded, *, linked: bool) -> dict[str, Any]:
    """Precision, recall and F1 of pairs at the threshold and of groups; the largest group."""
    from contacts.duplicates import current
    from contacts.matching.store import findings
    from contacts.models import MatchingKind

    run = current.run_of(MatchingKind.PERSON)
    if run is None or loaded.truth is None:
        return {}
    edges = findings.edges(MatchingKind.PERSON, run.generation)
    truth = all_pairs(loaded.truth)
    members, number = findings.groups(MatchingKind.PERSON)
    label = np.arange(loaded.count, dtype=np.int64)
    label[members - 1] = loaded.count + number
    pairs = packed(edges.first - 1, edges.second - 1)
    grouped = all_pairs(label)
    if linked:
        truth, pairs, grouped = (_across(each, loaded.first) for each in (truth, pairs, grouped))
    strong = (
        pairs
        if linked
        else packed(edges.first[edges.weight >= 4] - 1, edges.second[edges.weight >= 4] - 1)
    )
    return {
        "true_pairs": len(truth),
        "blocking_recall": round(blocking_recall(truth), 4),
        "pairs": scores(pairs, truth),
        "pairs_at_4_bits": scores(strong, truth),
        "groups": scores(grouped, truth),
        "largest_group": int(np.unique(number, return_counts=True)[1].max(initial=1)),
    }


def blocking_recall(truth: Ints) -> float:
    """Which share of the true pairs were candidates at all (found anew, as the run found them)."""
    from contacts.matching import blocking, frequencies, signatures
    from contacts.matching.blocking import PERSON_KEYS, View
    from contacts.matching.columns import Columns
    from contacts.matching.store import dictionary, shards

    with shards.binary_cursor() as cursor:
        cursor.execute("SELECT data FROM contacts_personsignature ORDER BY person_id")
        rows = Columns.of(signatures.read(b"".join(data for (data,) in cursor)))
    rows = frequencies.blanked(rows, frequencies.fillers(rows))
    view = View(rows, Columns.of(dictionary.whole()[0]))
    indexes = [blocking.index(view, kind)[0] for kind in PERSON_KEYS]
    firsts = np.zeros(len(PERSON_KEYS), dtype=np.int64)
    hits = 0
    for low, high in blocking.ranges(indexes, rows.count, most=2_000_000):
        a, b = blocking.pairs(indexes, low, high, firsts=firsts)
        pairs = packed(rows["id"][a] - 1, rows["id"][b] - 1)
        hits += int(np.isin(np.unique(pairs), truth, assume_unique=True).sum())
    return hits / len(truth) if len(truth) else 1.0


def scores(found: Ints, truth: Ints) -> dict[str, float]:
    """Precision, recall, F1."""
    hits = int(np.isin(found, truth, assume_unique=True).sum())
    precision = hits / len(found) if len(found) else 1.0
    recall = hits / len(truth) if len(truth) else 1.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def all_pairs(label: Ints) -> Ints:
    """Packed pairs of all records with an equal label."""
    order = np.argsort(label, kind="stable")
    ordered = label[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(np.append(starts, len(ordered)))
    found = []
    for size in np.unique(sizes[sizes > 1]).tolist():
        members = np.sort(order[starts[sizes == size][:, None] + np.arange(size)], axis=1)
        one, other = np.triu_indices(size, 1)
        found.append(packed(members[:, one].ravel(), members[:, other].ravel()))
    return np.sort(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def packed(first: Ints, second: Ints) -> Ints:
    """Two numbers below 2**31 as one."""
    result: Ints = (first.astype(np.int64) << 32) | second.astype(np.int64)
    return result


def _across(pairs: Ints, first: int) -> Ints:
    """Pairs of which one record is of the first file and one of the second."""
    return pairs[((pairs >> 32) < first) & ((pairs & 0xFFFFFFFF) >= first)]
