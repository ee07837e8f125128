"""The contact line as paths."""

from datetime import UTC, date, datetime

from crm.ui.screens.line import drawing

TODAY = date(2026, 3, 17)


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_a_tick_for_each_day_and_direction_longer_for_more():
    found = drawing.of([(at(3, 17), "IN"), (at(3, 17, 9), "IN"), (at(3, 1), "OUT")], today=TODAY)
    assert found is not None
    assert (found.above, found.below) == ("M703.5 25v-11", "M688.5 29v8")
    assert (found.inbound, found.outbound) == (2, 1)
    assert [year for _x, year in found.years] == [2025, 2026]


def test_what_is_older_is_not_drawn():
    assert drawing.of([(datetime(2023, 3, 1, tzinfo=UTC), "IN")], today=TODAY) is None
