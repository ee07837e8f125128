"""The sample drawer: contacts drawn by chance, each with everything that speaks for it."""

import random
from dataclasses import dataclass

from consent import histories
from consent.desk import files, hindsight
from consent.desk.files import ConsentFile
from consent.desk.hindsight import Judged
from consent.histories import Entry
from consent.models import EventKind, LedgerEvent

MOST = 50


@dataclass(frozen=True, slots=True)
class Drawn:
    """One contact; ``file`` is that of the consent it rests on, if it does."""

    entry: Entry
    judged: Judged
    file: ConsentFile | None


@dataclass(frozen=True, slots=True)
class Sample:
    """With the same ``seed`` and ``size`` of the ledger, anybody draws the same ones."""

    seed: int
    size: int
    among: int
    drawn: list[Drawn]


def new_seed() -> int:
    """A seed that nobody chose."""
    return random.SystemRandom().randrange(10**6, 10**9)


def draw(*, count: int, seed: int, size: int) -> Sample:
    """Draw among the contacts of the first ``size`` events of the ledger."""
    seqs = list(
        LedgerEvent.objects.filter(kind=EventKind.USED, seq__lte=size)
        .order_by("seq")
        .values_list("seq", flat=True)
    )
    chosen = random.Random(seed).sample(seqs, min(count, len(seqs), MOST))
    uses = list(
        LedgerEvent.objects.filter(seq__in=chosen).select_related("payload").order_by("seq")
    )
    entries = histories.told(uses)
    permits = hindsight.permits_of(uses)
    roots = LedgerEvent.objects.filter(public_id__in=[use.about for use in uses if use.about])
    by_root = {file.root.public_id: file for file in files.of(roots)}
    drawn = [
        Drawn(
            entry=entry,
            judged=hindsight.judge(use, permits.get(use.details.get("decision", ""))),
            file=by_root.get(use.about) if use.about else None,
        )
        for use, entry in zip(uses, entries, strict=True)
    ]
    return Sample(seed, size, len(seqs), drawn)
