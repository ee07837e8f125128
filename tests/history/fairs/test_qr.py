"""QR codes, compared with what two other programs draw for the same address and mask."""

import hashlib

import pytest

from history.fairs import qr

DRAWN = """\
#######.########.####.#######
#.....#.##.###..#.#...#.....#
#.###.#...##....#..#..#.###.#
#.###.#.#.....##.#.#..#.###.#
#.###.#..#..#.#.####..#.###.#
#.....#..#####.#####..#.....#
#######.#.#.#.#.#.#.#.#######
........###.#..####.#........
#.##.###.#..##.####...#..#.##
..#..#.#.##.####..#######...#
....###.....##..###..#.##.##.
#...##.#..##...#..#.#####...#
####.##.##....#..#.#.....##..
..##.#..#..##.##...#####..###
#####.###.#..#..#..##..#..###
.#...#.#....#.#.....##.#...#.
##.#####.###..#.#.#.##.###.#.
..###..#..#.#.##..#.#..#.###.
#..#.##..#...######..#....#..
..#....##.#####..##..#.#..#..
.##.###.##.########.#######..
........#...#...#.#.#...#####
#######.##.##.#.#####.#.##.#.
#.....#.##.#.##.#.#.#...##...
#.###.#..###...#.##.#####.##.
#.###.#.###....##...##..##..#
#.###.#.#.####..####...#..#.#
#.....#...##.#..#..##.##.#.#.
#######.##.##.....####.#...#."""


def drawn(text: str) -> str:
    return "\n".join("".join(".#"[dark] for dark in row) for row in qr.encode(text))


def test_an_address_is_drawn_module_by_module() -> None:
    assert drawn("https://crm.example/hinweise/fair/") == DRAWN


def test_a_long_one_has_its_version_written_in_it() -> None:
    text = (
        "https://crm.example/hinweise/fair/0199c0de-0000-7000-8000-000000000001/?sprache=einfach"
        + "x" * 60
    )
    code = drawn(text)
    assert len(code.splitlines()) == 49
    assert hashlib.sha256(code.encode()).hexdigest() == (
        "170ca9afe622a365b5eef6255b27c3e19b8cedb67514c7685701c291948686d1"
    )


@pytest.mark.parametrize(("length", "size"), [(0, 21), (14, 21), (15, 25), (106, 41), (180, 53)])
def test_it_is_as_large_as_it_needs_to_be(length: int, size: int) -> None:
    assert len(qr.encode("a" * length)) == size


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(qr.TooLong):
        qr.encode("ä" * 91)
