"""The map of a buying centre: who stands where. Pure geometry: stakes in, shapes out.

Companies are lanes beside each other; in a lane, who decides stands above, who uses below. At the
foot is the own house: a line leads to everybody with whom there was a contact, the thicker the
more often. Lines between people go from whose opinion shapes to whose is shaped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

LEVELS = {
    "DECIDER": 0,
    "APPROVER": 0,
    "TECHNICAL": 1,
    "BUYER": 2,
    "INFLUENCER": 2,
    "COACH": 2,
    "INITIATOR": 2,
    "USER": 3,
    "GATEKEEPER": 3,
}
LOWEST = 3
CELL, ROW, TOP, GAP, EDGE, FOOT = 168, 96, 62, 12, 2, 50
NARROWEST = 824
LETTER = 7  # about as wide as one


@dataclass(frozen=True, slots=True)
class Stake:
    """A stakeholder; ``company`` names the lane, ``contacts`` is how often one was in touch."""

    key: UUID
    name: str
    role: str
    roles: tuple[str, ...]
    company: str
    stance: str
    influence: int | None
    sways: tuple[UUID, ...]
    contacts: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A company."""

    name: str
    x: int
    width: int

    @property
    def title_x(self) -> int:
        """Where its name begins."""
        return self.x + GAP

    @property
    def short_name(self) -> str:
        """The name as far as there is room."""
        return _shortened(self.name, self.width // LETTER)


@dataclass(frozen=True, slots=True)
class Node:
    """A person at its place."""

    stake: Stake
    x: int
    y: int

    @property
    def short_name(self) -> str:
        """The name as far as there is room."""
        return _shortened(self.stake.name, CELL // LETTER)

    @property
    def short_role(self) -> str:
        """The roles as far as there is room."""
        return _shortened(self.stake.role, CELL // LETTER)


@dataclass(frozen=True, slots=True)
class Edge:
    """A line; ``weight`` from 1 (thin) to 3, ``is_ours`` if it leads to the own house."""

    path: str
    weight: int
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Map:
    """Everything to draw, in units of the view box."""

    width: int
    height: int
    lanes: list[Lane]
    nodes: list[Node]
    edges: list[Edge]
    own: tuple[int, int]

    @property
    def own_top(self) -> int:
        """Where the lane of the own house begins."""
        return self.own[1] - FOOT // 2

    @property
    def own_width(self) -> int:
        """How wide it is."""
        return self.width - 2 * EDGE

    @property
    def own_text(self) -> int:
        """The line of its name."""
        return self.own[1] + 4

    @property
    def lane_height(self) -> int:
        """How high the lanes of the companies are."""
        return self.own_top - GAP - EDGE


def drawn(stakes: Sequence[Stake]) -> Map:
    """Find everybody a place."""
    sides: dict[str, list[Stake]] = {}
    for stake in stakes:
        sides.setdefault(stake.company, []).append(stake)
    levels = sorted({level_of(stake) for stake in stakes})
    heights = {level: TOP + ROW * number for number, level in enumerate(levels)}
    lanes, nodes = _placed(sides, heights)
    width = lanes[-1].x + lanes[-1].width + EDGE if lanes else NARROWEST
    lowest = max(heights.values(), default=TOP) + 62
    own = (width // 2, lowest + GAP + FOOT // 2)
    return Map(width, lowest + GAP + FOOT + EDGE, lanes, nodes, _edges(nodes, own), own)


def level_of(stake: Stake) -> int:
    """How high somebody stands: by the highest of the roles."""
    return min((LEVELS.get(role, LOWEST) for role in stake.roles), default=LOWEST)


def _placed(
    sides: Mapping[str, Sequence[Stake]], heights: Mapping[int, int]
) -> tuple[list[Lane], list[Node]]:
    """Each lane is as wide as its fullest level, and all together fill the narrowest map."""
    cells = {name: _fullest(side) for name, side in sides.items()}
    room = NARROWEST - 2 * EDGE - GAP * (len(sides) - 1)
    cell = max(CELL, room // (sum(cells.values()) or 1))
    lanes: list[Lane] = []
    nodes: list[Node] = []
    x = EDGE
    for name, side in sides.items():
        lane = Lane(name, x, cells[name] * cell)
        lanes.append(lane)
        nodes += _in_lane(lane, side, heights)
        x += lane.width + GAP
    return lanes, nodes


def _in_lane(lane: Lane, side: Sequence[Stake], heights: Mapping[int, int]) -> list[Node]:
    nodes = []
    for level, y in heights.items():
        mates = [stake for stake in side if level_of(stake) == level]
        step = lane.width // (len(mates) or 1)
        nodes += [
            Node(stake, lane.x + step // 2 + step * number, y) for number, stake in enumerate(mates)
        ]
    return nodes


def _fullest(side: Sequence[Stake]) -> int:
    levels = [level_of(stake) for stake in side]
    return max(levels.count(level) for level in levels)


def _edges(nodes: Sequence[Node], own: tuple[int, int]) -> list[Edge]:
    places = {node.stake.key: (node.x, node.y) for node in nodes}
    between = [
        Edge(_curve((node.x, node.y), places[key]), node.stake.influence or 1, is_ours=False)
        for node in nodes
        for key in node.stake.sways
        if key in places
    ]
    ours = [
        Edge(_curve((node.x, node.y), own), _often(node.stake.contacts), is_ours=True)
        for node in nodes
        if node.stake.contacts
    ]
    return [*between, *ours]


def _often(contacts: int) -> int:
    return 1 if contacts < 3 else 2 if contacts < 10 else 3


def _curve(start: tuple[int, int], end: tuple[int, int]) -> str:
    """A line that bends a little, so that two of them can be told apart."""
    (x1, y1), (x2, y2) = start, end
    bend_x = (x1 + x2) // 2 + (y2 - y1) // 8
    bend_y = (y1 + y2) // 2 - (x2 - x1) // 8
    return f"M{x1} {y1}Q{bend_x} {bend_y} {x2} {y2}"


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
