"""The line of the day: where things stand on it, and what is left out for want of room."""

from crm.ui.screens.today import strip
from history.activities import day as days


def drawn(sales, at):
    found = strip.of(days.of(user=sales, at=at), at=at)
    assert found is not None
    return found


def test_nothing_with_an_hour_is_no_line(plan, sales, at) -> None:
    plan("Irgendwann")
    assert strip.of(days.of(user=sales, at=at), at=at) is None


def test_from_eight_to_half_past_six(plan, sales, at) -> None:
    plan("Anruf", "2026-03-17 12:00")
    found = drawn(sales, at)
    assert [hour.label for hour in found.hours] == [f"{hour:02d}" for hour in range(8, 19)]
    assert (found.hours[0].x, found.now) == ("20.0", "10:12")
    assert [(flag.x, flag.label, flag.is_late) for flag in found.flags] == [
        ("504.6", "Anruf", False)
    ]


def test_wider_if_the_day_is(plan, sales, at) -> None:
    plan("Flug", "2026-03-17 05:30")
    plan("Abendessen", "2026-03-17 21:00", kind="APPOINTMENT")
    found = drawn(sales, at)
    assert (found.hours[0].label, found.hours[-1].label) == ("05", "22")
    assert found.flags[0].is_late


def test_two_at_the_same_time_share_the_height(plan, sales, at) -> None:
    plan("Begehung", "2026-03-17 10:00", kind="APPOINTMENT")
    plan("Video", "2026-03-17 10:30", kind="APPOINTMENT")
    plan("Allein", "2026-03-17 14:00", kind="APPOINTMENT", place="Halle 3")
    blocks = drawn(sales, at).blocks
    assert [(block.y, block.height) for block in blocks] == [
        ("12", "24"),
        ("36", "24"),
        ("12", "48"),
    ]
    assert (blocks[2].title, blocks[2].note) == ("Allein", "Halle 3")


def test_names_never_lie_on_each_other(plan, sales, person, at) -> None:
    for minute in ("00", "05", "30"):
        plan("Ein ziemlich langer Betreff", f"2026-03-17 11:{minute}")
    plan("Rückruf", "2026-03-17 13:00", person=person)
    labels = [flag.label for flag in drawn(sales, at).flags]
    assert labels[0] == ""
    assert labels[1].endswith("…")
    assert labels[3] == "Maier"
    assert all(len(label) < 27 for label in labels)


def test_many_at_the_same_minute(plan, sales, at) -> None:
    for number in range(5):
        plan(f"Nr. {number}", "2026-03-17 11:00")
        plan(f"Termin {number}", "2026-03-17 11:00", kind="APPOINTMENT")
    found = drawn(sales, at)
    assert [flag.label for flag in found.flags] == ["", "", "", "", "Nr. 4"]
    assert len(found.blocks) == 5
