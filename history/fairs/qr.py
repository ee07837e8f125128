"""QR codes (ISO/IEC 18004) of addresses, for what is printed: bytes, error correction M. Pure.

Versions 1 to 9, so up to 180 bytes; none of our addresses is longer. M repairs 15 % of a sign that
somebody's elbow or a strip of tape is in front of.
"""

from collections.abc import Callable, Iterator
from typing import Final

Matrix = list[list[bool]]
"""Rows of modules; True is dark. Without the quiet zone of four modules around it."""

_BLOCKS: Final = {  # version: (error-correction bytes per block, data bytes of each block)
    1: (10, [16]), 2: (16, [28]), 3: (26, [44]), 4: (18, [32] * 2), 5: (24, [43] * 2),
    6: (16, [27] * 4), 7: (18, [31] * 4), 8: (22, [38] * 2 + [39] * 2),
    9: (22, [36] * 3 + [37] * 2),
}  # fmt: skip
_ALIGNED: Final = {
    1: [], 2: [6, 18], 3: [6, 22], 4: [6, 26], 5: [6, 30], 6: [6, 34], 7: [6, 22, 38],
    8: [6, 24, 42], 9: [6, 26, 46],
}  # fmt: skip
_MASKS: Final[list[Callable[[int, int], bool]]] = [
    lambda r, c: (r + c) % 2 == 0,
    lambda r, _c: r % 2 == 0,
    lambda _r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
]


class TooLong(ValueError):
    """More than 180 bytes."""


def encode(text: str) -> Matrix:
    """The code of a text, masked so that it reads best.

    :raises TooLong: it does not fit
    """
    content = text.encode()
    version = next((v for v, (_e, data) in _BLOCKS.items() if sum(data) - 2 >= len(content)), 0)
    if not version:
        raise TooLong(len(content))
    bits = _bits(_codewords(content, version))
    drawn, is_fixed = _patterns(version)
    _place(drawn, is_fixed, bits)
    return min((_masked(drawn, is_fixed, mask) for mask in range(8)), key=_penalty)


def _codewords(content: bytes, version: int) -> bytes:
    """Mode, length, content and padding, in blocks with their error correction, interleaved."""
    check_length, sizes = _BLOCKS[version]
    value = int.from_bytes(bytes([0x40 | len(content) >> 4, (len(content) & 15) << 4]))
    whole = (value << 8 * len(content)) | int.from_bytes(content) << 4
    data = whole.to_bytes(len(content) + 2)
    data += bytes([0xEC, 0x11] * sum(sizes))[: sum(sizes) - len(data)]
    blocks, start = [], 0
    for size in sizes:
        blocks.append(data[start : start + size])
        start += size
    checks = [_check(block, check_length) for block in blocks]
    return bytes(_interleaved(blocks)) + bytes(_interleaved(checks))


def _interleaved(blocks: list[bytes]) -> Iterator[int]:
    for number in range(max(map(len, blocks))):
        for block in blocks:
            if number < len(block):
                yield block[number]


def _check(block: bytes, length: int) -> bytes:
    """Reed–Solomon over GF(256) with 0x11d."""
    generator, root = [1], 1
    for _each in range(length):
        longer = [*generator, 0]
        for number, factor in enumerate(generator):
            longer[number + 1] ^= _times(factor, root)
        generator, root = longer, _times(root, 2)
    rest = [*block, *([0] * length)]
    for number in range(len(block)):
        factor = rest[number]
        for offset, each in enumerate(generator):
            rest[number + offset] ^= _times(each, factor)
    return bytes(rest[-length:])


def _times(first: int, second: int) -> int:
    found = 0
    while second:
        if second & 1:
            found ^= first
        first = first << 1 ^ (0x11D if first & 0x80 else 0)
        second >>= 1
    return found


def _bits(codewords: bytes) -> Iterator[bool]:
    for word in codewords:
        for number in range(7, -1, -1):
            yield bool(word >> number & 1)


def _patterns(version: int) -> tuple[Matrix, Matrix]:
    """What is the same in every code of a version, and where no data may go."""
    size = version * 4 + 17
    drawn = [[False] * size for _row in range(size)]
    is_fixed = [[False] * size for _row in range(size)]

    def put(row: int, column: int, is_dark: bool) -> None:
        if 0 <= row < size and 0 <= column < size:
            drawn[row][column], is_fixed[row][column] = is_dark, True

    for number in range(size):
        put(6, number, number % 2 == 0)
        put(number, 6, number % 2 == 0)
    for top, left in ((3, 3), (3, size - 4), (size - 4, 3)):
        for row in range(-4, 5):
            for column in range(-4, 5):
                put(top + row, left + column, max(abs(row), abs(column)) not in (2, 4))
    for top in _ALIGNED[version]:
        for left in _ALIGNED[version]:
            if (top, left) not in ((6, 6), (6, size - 7), (size - 7, 6)):
                for row in range(-2, 3):
                    for column in range(-2, 3):
                        put(top + row, left + column, max(abs(row), abs(column)) != 1)
    for number, is_dark in enumerate(_version_bits(version)):
        put(number // 3, size - 11 + number % 3, is_dark)
        put(size - 11 + number % 3, number // 3, is_dark)
    for row, column in _format_places(size):
        put(row, column, False)
    put(size - 8, 8, True)
    return drawn, is_fixed


def _place(drawn: Matrix, is_fixed: Matrix, bits: Iterator[bool]) -> None:
    """In columns of two, from the lower right, up and down."""
    size = len(drawn)
    rights = [column if column > 6 else column - 1 for column in range(size - 1, 0, -2)]
    for number, right in enumerate(rights):
        rows = range(size - 1, -1, -1) if number % 2 == 0 else range(size)
        for row in rows:
            for column in (right, right - 1):
                if not is_fixed[row][column]:
                    drawn[row][column] = next(bits, False)


def _masked(drawn: Matrix, is_fixed: Matrix, mask: int) -> Matrix:
    turns = _MASKS[mask]
    size = range(len(drawn))
    made = [[drawn[r][c] ^ (not is_fixed[r][c] and turns(r, c)) for c in size] for r in size]
    places = list(_format_places(len(made)))
    for number, is_dark in enumerate(_format_bits(mask)):
        for row, column in (places[number], places[number + 15]):
            made[row][column] = is_dark
    return made


def _format_places(size: int) -> Iterator[tuple[int, int]]:
    """Twice fifteen, the highest bit first."""
    yield from ((8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8))
    yield from ((row, 8) for row in (7, 5, 4, 3, 2, 1, 0))
    yield from ((size - 1 - number, 8) for number in range(7))
    yield from ((8, size - 8 + number) for number in range(8))


def _format_bits(mask: int) -> list[bool]:
    """Level M (00) and the mask, with BCH(15, 5)."""
    rest = mask << 10
    for number in range(14, 9, -1):
        if rest >> number & 1:
            rest ^= 0x537 << number - 10
    value = (mask << 10 | rest) ^ 0x5412
    return [bool(value >> number & 1) for number in range(14, -1, -1)]


def _version_bits(version: int) -> list[bool]:
    """From version 7 on, the lowest bit first, with Golay(18, 6)."""
    if version < 7:
        return []
    rest = version << 12
    for number in range(17, 11, -1):
        if rest >> number & 1:
            rest ^= 0x1F25 << number - 12
    value = version << 12 | rest
    return [bool(value >> number & 1) for number in range(18)]


def _penalty(code: Matrix) -> int:
    """How hard it reads: long runs, blocks, look-alikes of the finders, too dark or too light."""
    size, found = len(code), 0
    lines = ["".join("01"[dark] for dark in row) for row in code]
    lines += ["".join("01"[row[column]] for row in code) for column in range(size)]
    for line in lines:
        for run in line.replace("01", "0 1").replace("10", "1 0").split():
            found += max(0, len(run) - 2) if len(run) >= 5 else 0
        for alike in ("10111010000", "00001011101"):
            found += 40 * sum(line.startswith(alike, start) for start in range(size - 10))
    for row in range(size - 1):
        for column in range(size - 1):
            four = {code[row][column], code[row][column + 1],
                    code[row + 1][column], code[row + 1][column + 1]}  # fmt: skip
            found += 3 * (len(four) == 1)
    dark = sum(map(sum, code))
    return found + 10 * (abs(20 * dark - 10 * size * size) // (size * size))
