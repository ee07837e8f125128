"""The four files of Nordlicht Messetechnik, and which row is whom."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from crm.demo import cast
from crm.demo.formats import erp, excel, outlook, vcards
from crm.demo.generating import generate
from crm.demo.persons import REFERENCE_DAY
from crm.demo.records import Origin, Record

TRUTH: Final = "truth.csv"
WRITERS: Final[dict[Origin, Callable[[Sequence[Record], Path], list[int]]]] = {
    Origin.ERP: erp.write,
    Origin.LIST: excel.write,
    Origin.OUTLOOK: outlook.write,
    Origin.FAIR: vcards.write,
}


@dataclass(frozen=True, slots=True)
class DemoFile:
    """A written file and how many records (good ones) it holds."""

    origin: Origin
    path: Path
    records: int


def write_demo(
    folder: Path,
    *,
    persons: int = 5000,
    companies: int = 1200,
    seed: int = 2026,
    today: date = REFERENCE_DAY,
) -> list[DemoFile]:
    """Write the files of the demo company into ``folder``, with the truth beside them.

    No datum was confirmed after ``today``.
    """
    known = cast.records(today=today)
    people = sum(1 for record in known if record.entity)
    firms = len({record.company_entity for record in known})
    made = generate(persons=persons - people, companies=companies - firms, seed=seed, today=today)
    return write(folder, [*known, *made], seed=seed)


def write(folder: Path, records: Iterable[Record], *, seed: int) -> list[DemoFile]:
    """Write any records as the four files and ``truth.csv`` (file, row, entity_id, …).

    Rows are numbered as the reader of the file counts them: the line of a CSV or sheet, the
    number of a card.
    """
    folder.mkdir(parents=True, exist_ok=True)
    by_origin: dict[Origin, list[Record]] = {origin: [] for origin in Origin}
    for record in records:
        by_origin[record.origin].append(record)
    files = []
    with (folder / TRUTH).open("w", encoding="utf-8", newline="") as truth:
        writer = csv.writer(truth, lineterminator="\n")
        writer.writerow(("file", "row", "entity_id", "company_id", "errors"))
        for origin, chosen in by_origin.items():
            ordered = _ordered(chosen, origin, seed)
            rows = WRITERS[origin](ordered, folder / origin.value)
            writer.writerows(
                (origin.value, row, record.entity, record.company_entity, " ".join(record.errors))
                for row, record in zip(rows, ordered, strict=True)
            )
            files.append(DemoFile(origin, folder / origin.value, len(ordered)))
    return files


def _ordered(records: list[Record], origin: Origin, seed: int) -> list[Record]:
    """By customer number in the ERP, as they came in everywhere else."""
    if origin is Origin.ERP:
        return sorted(records, key=lambda record: (record.company_number, record.person_number))
    shuffled = list(records)
    Random(f"{seed}/{origin}").shuffle(shuffled)
    return shuffled
