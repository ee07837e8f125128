"""Until when may data of a source be used?"""

from datetime import date

import pytest

from contacts import deadlines
from contacts.deadlines import Term

ON = date(2026, 3, 17)


@pytest.mark.parametrize(
    ("use_until", "term"),
    [
        (None, Term.UNLIMITED),
        (date(2026, 3, 16), Term.PASSED),
        (date(2026, 3, 17), Term.NEAR),
        (date(2026, 5, 16), Term.NEAR),
        (date(2026, 5, 17), Term.RUNNING),
    ],
)
def test_the_last_day_counts_and_sixty_days_are_near(use_until: date | None, term: Term) -> None:
    assert deadlines.term_of(use_until, on=ON) == term
