"""The published vectors through the real models and services."""

import csv
from pathlib import Path

import pytest

from consent.checking import families
from consent.decision import vectors
from consent.decision.vectors import Vector
from consent.models import LedgerEvent
from contacts.models import Person

FILE = Path(__file__).parent / "vectors" / "consent.csv"


def rows() -> list[Vector]:
    with FILE.open(encoding="utf-8", newline="") as file:
        parsed = [vectors.parsed(row) for row in csv.DictReader(file)]
    return [vector for vector in parsed if vector.family in families.FAMILIES]


@pytest.mark.django_db
@pytest.mark.parametrize("vector", rows(), ids=lambda vector: vector.id)
def test_agrees_and_leaves_nothing_behind(vector: Vector) -> None:
    assert families.run(vector) == []
    assert not LedgerEvent.objects.exists()
    assert not Person.objects.exists()
