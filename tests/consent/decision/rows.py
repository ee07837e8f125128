"""The published rows of a family."""

import csv
from pathlib import Path

from consent.decision import vectors
from consent.decision.vectors import Vector

FILE = Path(__file__).parents[1] / "vectors" / "consent.csv"


def of(family: str) -> list[Vector]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [vectors.parsed(row) for row in csv.DictReader(file) if row["family"] == family]
