"""The map and its gap, without a database."""

from itertools import combinations
from uuid import UUID

from history.opportunities import buying_centre, gaps
from history.opportunities.buying_centre import NARROWEST, Stake


def stake(
    number: int,
    *roles: str,
    company: str = "Havelberg",
    contacts: int = 0,
    stance: str = "",
    sways: tuple[int, ...] = (),
    influence: int | None = None,
) -> Stake:
    return Stake(
        key=UUID(int=number), name=f"Person {number}", role="", roles=roles, company=company,
        stance=stance, influence=influence, sways=tuple(UUID(int=each) for each in sways),
        contacts=contacts,
    )  # fmt: skip


def test_who_decides_stands_above_who_uses() -> None:
    drawn = buying_centre.drawn([stake(1, "USER"), stake(2, "USER", "DECIDER"), stake(3, "BUYER")])
    heights = {node.stake.name: node.y for node in drawn.nodes}
    assert heights["Person 2"] < heights["Person 3"] < heights["Person 1"]
    assert [(lane.name, lane.width) for lane in drawn.lanes] == [("Havelberg", 820)]


def test_nobody_covers_anybody_and_all_are_inside() -> None:
    many = [stake(n, "USER", company=f"Firma {n % 3}") for n in range(12)]
    drawn = buying_centre.drawn([*many, stake(99, "APPROVER", company="Firma 0")])
    places = [(node.x, node.y) for node in drawn.nodes]
    assert len(places) == 13
    assert all(abs(a[0] - b[0]) > 100 or a[1] != b[1] for a, b in combinations(places, 2))
    assert all(0 < x < drawn.width and 0 < y < drawn.height for x, y in places)
    assert drawn.width > NARROWEST
    for lane, following in zip(drawn.lanes, drawn.lanes[1:], strict=False):
        assert lane.x + lane.width < following.x


def test_lines_say_who_shapes_whom_and_whom_one_knows() -> None:
    drawn = buying_centre.drawn(
        [stake(1, "USER", sways=(2, 77), influence=3), stake(2, "DECIDER", contacts=12)]
    )
    assert [(edge.is_ours, edge.weight) for edge in drawn.edges] == [(False, 3), (True, 3)]
    again = buying_centre.drawn([stake(2, contacts=2)])
    assert [(edge.is_ours, edge.weight) for edge in again.edges] == [(True, 1)]


def test_a_gap_is_who_decides_and_was_never_spoken_to() -> None:
    assert gaps.gap([]) is None
    nobody = gaps.gap([stake(1, "USER", contacts=3)])
    assert nobody is not None
    assert nobody.stake is None
    assert gaps.gap([stake(1, "DECIDER", contacts=1)]) is None
    approver = stake(3, "APPROVER")
    near = stake(1, "TECHNICAL", contacts=1, sways=(3,))
    found = gaps.gap([near, stake(2, contacts=9, stance="FOR"), approver])
    assert found == gaps.Gap(approver, near)
    friend = stake(2, contacts=2, stance="FOR")
    assert gaps.gap([friend, stake(4, contacts=9), approver]) == gaps.Gap(approver, friend)
    other = stake(5, contacts=9, company="Kestner")
    assert gaps.gap([other, approver]) == gaps.Gap(approver, None)
