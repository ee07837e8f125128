"""The parts of a bar touch, whatever the rounding, and fill it."""

from random import Random

import pytest

from contacts.listing.quality import Figure, Measure
from crm.ui.screens.quality import bars


@pytest.mark.parametrize("seed", range(20))
def test_parts_fill_the_bar_without_gaps(seed: int) -> None:
    draw = Random(seed)
    counts = [draw.choice([0, draw.randrange(10**6)]) for _ in range(draw.randint(1, 6))] + [1]
    total = sum(counts)
    pieces = bars.bar([Figure(Measure("x", "x", ""), count, total) for count in counts])
    end = 0
    for piece in pieces:
        assert int(piece.start) == end
        end += int(piece.width)
    assert end == bars.WIDTH


def test_an_empty_bar_has_no_width() -> None:
    pieces = bars.bar([Figure(Measure("x", "x", ""), 0, 0)])
    assert [(piece.start, piece.width) for piece in pieces] == [("0", "0")]
