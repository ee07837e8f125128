"""Which records are worth comparing: those that share a key.

A record has many keys of many types (sound of the surname and birth date, phone, …). Records
with an equal key form a block, and every two of a block are a candidate pair. A block larger
than its type's cap says too little about too many: it is dropped, and reported.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from contacts.matching.columns import Columns as Table
from contacts.matching.hashing import UInt32s, combined, combined_numbers, unordered

Ints = npt.NDArray[np.int32]
Columns = list[UInt32s]
_TYPE_BITS = np.uint64(5)
_LARGEST = 255  # members that a block may have: how many are behind one fits a byte


@dataclass(frozen=True, slots=True)
class View:
    """Signatures together with what the dictionary knows of their names, read by column."""

    rows: Table
    names: Table

    def name(self, of: str, column: str) -> UInt32s:
        """A hash from the dictionary for each record's ``given``, ``surname`` …"""
        found: UInt32s = self.names[column][self.rows[of]]
        return found

    def hashes(self, of: str) -> UInt32s:
        """A column of the signature as unsigned 32-bit numbers."""
        return self.rows[of].astype(np.uint32)


@dataclass(frozen=True, slots=True)
class KeyType:
    """One kind of key: its name, the largest block it may have, and how it is computed."""

    name: str
    cap: int
    columns: Callable[[View], Columns]


@dataclass(slots=True)
class Tally:
    """What one key type brought and dropped.

    ``emitted``: candidate pairs, ``first``: those that no earlier type found; ``dropped_blocks``,
    ``dropped_records``, ``dropped_pairs``: of blocks above the cap.
    """

    emitted: int = 0
    first: int = 0
    dropped_blocks: int = 0
    dropped_records: int = 0
    dropped_pairs: int = 0


@dataclass(frozen=True, slots=True)
class Index:
    """The blocks of one key type. ``members``: records, block by block in ascending order;
    ``record``, ``at``, ``rest``: for each member that has others behind it in its block, its
    record (ascending), its place in ``members`` and how many are behind it."""

    members: Ints
    record: Ints
    at: Ints
    rest: npt.NDArray[np.uint8]


def all_keys(view: View, types: Sequence[KeyType]) -> UInt32s:
    """All keys of the records, one row each; types never share a key."""
    columns = [column for kind in types for column in kind.columns(view)]
    return np.stack(columns, axis=1)


def index(
    view: View, kind: KeyType, *, touching: npt.NDArray[np.bool_] | None = None
) -> tuple[Index, Tally, UInt32s]:
    """The blocks of a type, what it drops, and the keys dropped.

    With ``touching`` only the blocks that hold one of these records, but those as a whole.
    """
    columns = kind.columns(view)
    return _indexed(columns if touching is None else _limited(columns, touching), kind.cap)


def _indexed(columns: Columns, cap: int) -> tuple[Index, Tally, UInt32s]:
    packed = _entries(columns)
    packed.sort()
    if len(packed):
        packed = packed[np.concatenate(([True], packed[1:] != packed[:-1]))]
    keys = (packed >> np.uint64(32)).astype(np.uint32)
    fresh = np.ones(len(keys), dtype=bool)
    fresh[1:] = keys[1:] != keys[:-1]
    starts = np.flatnonzero(fresh)
    sizes = np.diff(np.append(starts, len(keys)))
    large = sizes > cap
    dropped = sizes[large]
    tally = Tally(
        emitted=int((sizes[~large] * (sizes[~large] - 1) // 2).sum()),
        dropped_blocks=len(dropped),
        dropped_records=int(dropped.sum()),
        dropped_pairs=int((dropped * (dropped - 1) // 2).sum()),
    )
    kept = np.repeat((sizes > 1) & ~large, sizes)
    left = np.repeat(starts + sizes, sizes) - np.arange(len(keys)) - 1
    members = (packed[kept] & np.uint64(0xFFFFFFFF)).astype(np.int32)
    rest = left[kept].astype(np.uint8)
    ahead = np.flatnonzero(rest)
    order = (members[ahead].astype(np.uint64) << np.uint64(32)) | ahead.astype(np.uint64)
    order.sort()
    at = (order & np.uint64(0xFFFFFFFF)).astype(np.int32)
    record = (order >> np.uint64(32)).astype(np.int32)
    return Index(members, record, at, rest[at]), tally, keys[starts[large]]


def pairs(
    indexes: Sequence[Index], low: int, high: int, *, firsts: npt.NDArray[np.int64]
) -> tuple[Ints, Ints]:
    """Candidate pairs (i, j), i < j, whose i is in [low, high), each once, in order.

    ``firsts`` counts per type the pairs that it found first.
    """
    found = [_emitted(each, low, high, number) for number, each in enumerate(indexes)]
    packed = np.concatenate(found)
    packed.sort()
    pair = packed >> _TYPE_BITS
    fresh = np.concatenate(([True], pair[1:] != pair[:-1])) if len(pair) else np.zeros(0, bool)
    packed = packed[fresh]
    kinds = (packed & np.uint64(31)).astype(np.int64)
    firsts += np.bincount(kinds, minlength=len(firsts))
    pair = packed >> _TYPE_BITS
    return (
        (pair >> np.uint64(29)).astype(np.int32) + low,
        (pair & np.uint64((1 << 29) - 1)).astype(np.int32),
    )


def ranges(indexes: Sequence[Index], records: int, *, most: int) -> list[tuple[int, int]]:
    """Cut the records into ranges of about ``most`` emitted pairs each."""
    weight = np.zeros(records + 1, dtype=np.int64)
    for each in indexes:
        weight[1:] += np.bincount(each.record, weights=each.rest, minlength=records).astype(
            np.int64
        )
    total = np.cumsum(weight)
    cuts = max(1, int(np.ceil(total[-1] / most)))
    edges = np.searchsorted(total, np.linspace(0, total[-1], cuts + 1)[1:-1])
    edges = np.unique(np.concatenate(([0], edges, [records])))
    return [(int(low), int(high)) for low, high in pairwise(edges.tolist())]


def touching(indexes: Sequence[Index], changed: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Candidate pairs of which at least one record has changed, each once, in order."""
    found = []
    for each in indexes:
        block = _block_of_members(each)
        wanted = np.zeros(int(block[-1]) + 1 if len(block) else 0, dtype=bool)
        wanted[block[changed[each.members]]] = True
        at = each.at[wanted[block[each.at]]]
        rest = each.rest[wanted[block[each.at]]] if len(block) else each.rest
        one, other = _spread(each.members, at, rest)
        keep = changed[one] | changed[other]
        found.append((one[keep].astype(np.uint64) << np.uint64(32)) | other[keep].astype(np.uint64))
    packed = np.unique(np.concatenate(found))
    return (
        (packed >> np.uint64(32)).astype(np.int32),
        (packed & np.uint64(0xFFFFFFFF)).astype(np.int32),
    )


def pairs_among(
    view: View, types: Sequence[KeyType], dropped: Sequence[UInt32s]
) -> tuple[Ints, Ints]:
    """Candidate pairs among some records of a stock, whose too large blocks are known."""
    indexes = []
    for kind, keys in zip(types, dropped, strict=True):
        columns = [np.where(np.isin(column, keys), 0, column) for column in kind.columns(view)]
        indexes.append(_indexed(columns, _LARGEST)[0])
    firsts = np.zeros(len(types), dtype=np.int64)
    return pairs(indexes, 0, view.rows.count, firsts=firsts)


def _limited(columns: Columns, touching: npt.NDArray[np.bool_]) -> Columns:
    """The columns without the keys that none of some records has.

    A table of hashed keys rules most of them out at the price of one look each.
    """
    wanted = np.unique(np.concatenate([column[touching] for column in columns]))
    table = np.zeros(1 << 22, dtype=bool)
    table[wanted & np.uint32((1 << 22) - 1)] = True
    found = []
    for column in columns:
        at = np.flatnonzero(table[column & np.uint32((1 << 22) - 1)])
        kept = np.zeros(len(column), dtype=np.uint32)
        keys = column[at]
        at = at[wanted[np.searchsorted(wanted, keys) % len(wanted)] == keys]
        kept[at] = column[at]
        found.append(kept)
    return found


def _block_of_members(each: Index) -> Ints:
    """The number of the block each member stands in."""
    rest = np.zeros(len(each.members), dtype=np.uint8)
    rest[each.at] = each.rest
    last = rest == 0
    number: Ints = (np.cumsum(last) - last).astype(np.int32)
    return number


def _entries(columns: Columns) -> npt.NDArray[np.uint64]:
    """(key, record) of everything present, packed into 64 bits."""
    found = []
    for column in columns:
        records = np.flatnonzero(column)
        found.append(
            (column[records].astype(np.uint64) << np.uint64(32)) | records.astype(np.uint64)
        )
    return np.concatenate(found)


def _emitted(each: Index, low: int, high: int, number: int) -> npt.NDArray[np.uint64]:
    begin, end = np.searchsorted(each.record, (low, high))
    one, other = _spread(each.members, each.at[begin:end], each.rest[begin:end])
    pair = ((one - low).astype(np.uint64) << np.uint64(29)) | other.astype(np.uint64)
    return (pair << _TYPE_BITS) | np.uint64(number)


def _spread(members: Ints, at: Ints, rest: npt.NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Each member together with all that stand behind it in its block."""
    count = rest.astype(np.int64)
    first = np.cumsum(count) - count
    place = np.repeat(at - first + 1, count) + np.arange(int(count.sum()))
    return np.repeat(members[at], count), members[place]


def _several(view: View, salt: int, *parts: UInt32s) -> Columns:
    """One key column per place of a record's places (parts with two axes are cut along it)."""
    width = max(part.shape[1] if part.ndim == 2 else 1 for part in parts)
    if len(parts[0]) == 1:  # a single record, while somebody types: arrays only cost time
        rows = [part[0].tolist() if part.ndim == 2 else [int(part[0])] * width for part in parts]
        keys = [combined_numbers(salt, values) for values in zip(*rows, strict=True)]
        return list(np.array(keys, dtype=np.uint32)[:, None])
    columns = []
    for at in range(width):
        chosen = [part[:, at] if part.ndim == 2 else part for part in parts]
        filled = at == 0 or all(part.any() for part in chosen)
        columns.append(
            combined(salt, *chosen) if filled else np.zeros(len(chosen[0]), dtype=np.uint32)
        )
    return columns


def _wide(view: View, of: str, column: str) -> UInt32s:
    return np.asarray(view.names[column][view.rows[of]], dtype=np.uint32)


def _house(view: View) -> UInt32s:
    return view.hashes("house")


def _region(view: View) -> UInt32s:
    """The first three digits of the postal code plus one; of foreign codes all of it."""
    code = view.rows["postcode"]
    return np.where(code > 0, (code - 1) // 100 + 1, code).astype(np.uint32)


def _birth(view: View) -> UInt32s:
    return view.hashes("birth")


def _initial(view: View, of: str) -> UInt32s:
    found: UInt32s = view.names["prefix"][view.rows[of]] & np.uint32(0xFF)
    return found


def _both_names(view: View) -> Columns:
    given = view.name("given", "first_code")
    columns = [
        combined(1, given, view.name("surname", column))
        for column in ("code", "first_code", "last_code")
    ]
    return _distinct(columns)


def _distinct(columns: Columns) -> Columns:
    """Each value of a record once: repetitions become absent."""
    for at, column in enumerate(columns):
        for earlier in columns[:at]:
            column[column == earlier] = 0
    return columns


def _mailbox_names(view: View) -> Columns:
    said = [view.rows["spoken"][:, 0]]
    for name in ("letters", "exchanged"):
        said += [view.rows[name][:, at] for at in range(view.rows[name].shape[1])]
    return _distinct([combined(5, each.astype(np.uint32)) for each in said])


def _nicknames(view: View) -> Columns:
    groups = view.names["nickname"][view.rows["given"]][:, :2].astype(np.uint32)
    return _several(view, 17, groups, view.name("surname", "code"))


PERSON_KEYS: Sequence[KeyType] = (
    KeyType("Klang von Vor- und Nachname", 25, _both_names),
    KeyType(
        "Klang des Nachnamens, PLZ",
        80,
        lambda v: _several(v, 2, v.name("surname", "code"), v.hashes("postcode")),
    ),
    KeyType(
        "PLZ, Straße, Hausnummer",
        80,
        lambda v: _several(v, 3, v.hashes("postcode"), _wide(v, "street", "code"), _house(v)),
    ),
    KeyType(
        "Klang des Nachnamens, Straße, Hausnummer",
        40,
        lambda v: _several(v, 4, v.name("surname", "code"), _wide(v, "street", "code"), _house(v)),
    ),
    KeyType("Name im Postfach", 25, _mailbox_names),
    KeyType(
        "Klang des Vornamens, Straße, Hausnummer",
        40,
        lambda v: _several(
            v, 6, v.name("given", "first_code"), _wide(v, "street", "code"), _house(v)
        ),
    ),
    KeyType(
        "Geburtsdatum, Anfangsbuchstaben",
        60,
        lambda v: [
            combined(7, _birth(v), *unordered(_initial(v, "given"), _initial(v, "surname")))
        ],
    ),
    KeyType(
        "Klang des Nachnamens, Geburtsdatum",
        80,
        lambda v: [combined(8, v.name("surname", "code"), _birth(v))],
    ),
    KeyType(
        "Klang des Vornamens, Geburtsdatum",
        80,
        lambda v: [combined(9, v.name("given", "first_code"), _birth(v))],
    ),
    KeyType(
        "Klang beider Namen in beliebiger Folge, Geburtsjahr",
        80,
        lambda v: [
            combined(
                10,
                *unordered(v.name("given", "first_code"), v.name("surname", "code")),
                _birth(v) // np.uint32(10000),
            )
        ],
    ),
    KeyType(
        "Klang beider Namen in beliebiger Folge, Postleitregion",
        80,
        lambda v: _several(
            v, 11, *unordered(v.name("given", "first_code"), v.name("surname", "code")), _region(v)
        ),
    ),
    KeyType(
        "Klang des Vornamens, PLZ, Straße",
        80,
        lambda v: _several(
            v,
            12,
            v.name("given", "first_code"),
            v.hashes("postcode"),
            _wide(v, "street", "code"),
        ),
    ),
    KeyType("Postfach ohne Anbieter", 12, lambda v: _several(v, 13, v.rows["local"])),
    KeyType("Rufnummer", 60, lambda v: _several(v, 14, _phones(v))),
    KeyType("E-Mail-Adresse", 60, lambda v: _several(v, 15, v.rows["mail"])),
    KeyType("PLZ, Geburtsdatum", 80, lambda v: _several(v, 16, v.hashes("postcode"), _birth(v))),
    KeyType("Rufname, Klang des Nachnamens", 12, _nicknames),
    KeyType(
        "Vor- und Nachname in beliebiger Folge",
        60,
        lambda v: [
            combined(18, *unordered(v.name("given", "joined"), v.name("surname", "joined")))
        ],
    ),
    KeyType(
        "Firma, Klang des Nachnamens",
        40,
        lambda v: _several(v, 19, _wide(v, "firm", "code"), v.name("surname", "code")),
    ),
    KeyType(
        "Firma, Klang des Vornamens",
        40,
        lambda v: _several(v, 20, _wide(v, "firm", "code"), v.name("given", "first_code")),
    ),
    KeyType(
        "E-Mail-Domain, Klang des Nachnamens",
        40,
        lambda v: _several(v, 21, v.rows["domain"], v.name("surname", "code")),
    ),
    KeyType("Ort, Geburtsdatum", 12, lambda v: _several(v, 22, v.rows["city"], _birth(v))),
    KeyType("Hausnummer, Geburtsdatum", 6, lambda v: _several(v, 23, _house(v), _birth(v))),
    KeyType(
        "Klang des Vornamens, PLZ, Hausnummer",
        20,
        lambda v: _several(v, 24, v.name("given", "first_code"), v.hashes("postcode"), _house(v)),
    ),
    KeyType(
        "Klang der Straße, Geburtsdatum",
        12,
        lambda v: _several(v, 25, _wide(v, "street", "code"), _birth(v)),
    ),
)
"""Key types of persons, in the order in which a pair is ascribed to the first it has."""

COMPANY_KEYS: Sequence[KeyType] = (
    KeyType("USt-IdNr.", 40, lambda v: [v.rows["number"].copy()]),
    KeyType(
        "Klang des Namens, Postleitregion",
        60,
        lambda v: _several(v, 32, v.name("surname", "code"), _region(v)),
    ),
    KeyType("Klang des Namens", 40, lambda v: [combined(33, v.name("surname", "code"))]),
    KeyType(
        "Erstes Wort, Postleitregion",
        40,
        lambda v: _several(v, 34, v.name("surname", "first"), _region(v)),
    ),
    KeyType(
        "PLZ, Straße, Hausnummer",
        40,
        lambda v: _several(v, 35, v.hashes("postcode"), _wide(v, "street", "code"), _house(v)),
    ),
    KeyType("Rufnummer", 40, lambda v: _several(v, 36, _phones(v))),
    KeyType("Rufnummer ohne Durchwahl", 20, lambda v: _several(v, 37, _switchboards(v))),
    KeyType("E-Mail-Adresse", 40, lambda v: _several(v, 38, v.rows["mail"])),
    KeyType("Domain", 30, lambda v: _several(v, 39, v.rows["domain"])),
    KeyType(
        "Erstes Wort, Straße",
        40,
        lambda v: _several(v, 40, v.name("surname", "first"), _wide(v, "street", "code")),
    ),
)
"""Key types of companies."""


def _phones(view: View) -> UInt32s:
    found: UInt32s = (view.rows["phone"] % 4294967291).astype(np.uint32)
    return found


def _switchboards(view: View) -> UInt32s:
    numbers = view.rows["phone"]
    return np.where(numbers > 10**9, numbers // 100 % 4294967291, 0).astype(np.uint32)
