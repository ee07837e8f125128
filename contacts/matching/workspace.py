"""The intermediate results of a run on one machine: arrays in files that all its workers share.

An array is computed by whichever worker needs it first, and only once per machine. Everything
follows from the run's snapshot, so a worker on another machine, or one that takes over from a
killed one, computes the same.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from contacts.matching import frequencies
from contacts.matching.blocking import Index, KeyType, Tally, View, index
from contacts.matching.columns import Columns
from contacts.matching.frequencies import Fillers
from contacts.matching.names import NAME, Names
from contacts.matching.signatures import SIGNATURE
from contacts.matching.stock import Stock

Array = npt.NDArray[Any]
Load = Callable[[], tuple[Iterator[tuple[bytes, list[int]]], int]]
Dictionary = Callable[[], tuple[Names, list[str]]]
_SHARED_MEMORY = Path("/dev/shm")
_ROOM = 6 << 30
_COMMON_DAY = 5


def folder_of(run: str) -> Path:
    """Where the arrays of a run lie on this machine: in memory if there is room, else on disk.

    A run stays where it began, however much room there is later.
    """
    for kept in _homes():
        if (kept / run).is_dir():
            return kept / run
    memory, disk = _homes()
    try:
        free = shutil.disk_usage(memory.parent).free
    except OSError:
        free = 0
    roomy = free >= _ROOM and os.access(memory.parent, os.W_OK)
    return (memory if roomy else disk) / run


def runs_kept() -> set[str]:
    """The runs of which this machine keeps arrays, of whatever installation of this user."""
    return {folder.name for home in _homes() if home.is_dir() for folder in home.iterdir()}


def _homes() -> tuple[Path, Path]:
    name = f"einklang-matching-{os.getuid()}"
    return _SHARED_MEMORY / name, Path(tempfile.gettempdir()) / name


class Workspace:
    """The stock of a run and what is derived from it.

    ``load`` gives the signatures' parts and how many bytes they have in all; ``dictionary``
    gives the names. Both are asked only if this machine has not kept the result yet. With
    ``only_changed`` the indexes hold the blocks of changed records alone.
    """

    def __init__(
        self, folder: Path, *, load: Load, dictionary: Dictionary, only_changed: bool = False
    ) -> None:
        self.folder = folder
        self.only_changed = only_changed
        self._load = load
        self._dictionary = dictionary
        self.indexes: dict[str, Index] = {}
        self.tallies: dict[str, Tally] = {}
        self._shares: Callable[[Sequence[str], str], Any] | None = None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @cached_property
    def raw(self) -> Columns:
        """The signatures as they were stored."""
        self._once("fetched", self._fetch)
        return Columns({name: self._read(f"raw-{name}") for name in SIGNATURE.names or ()})

    @cached_property
    def changed(self) -> npt.NDArray[np.bool_]:
        """For each signature whether its record has changed since the last run."""
        ids = self.raw["id"]
        return np.isin(ids, self._read("changed"))

    @cached_property
    def fillers(self) -> Fillers:
        """Values that count as missing."""
        self._once(
            "fillers",
            lambda: self._replace(
                "fillers", json.dumps(frequencies.fillers(self.raw).as_json()).encode()
            ),
        )
        return Fillers.from_json(json.loads(self._path("fillers").read_bytes()))

    @cached_property
    def rows(self) -> Columns:
        """The signatures without their fillers."""
        raw = self.raw

        def blank() -> None:
            rows = frequencies.blanked(raw, self.fillers)
            altered = [name for name in rows if rows[name] is not raw[name]]
            for name in altered:
                self._write(f"rows-{name}", rows[name])
            self._replace("blanked", " ".join(altered).encode())

        self._once("blanked", blank)
        altered = self._path("blanked").read_bytes().decode().split()
        return raw.replaced(**{name: self._read(f"rows-{name}") for name in altered})

    @cached_property
    def _names(self) -> tuple[Columns, list[str]]:
        def fetch() -> None:
            names, texts = self._dictionary()
            for name in NAME.names or ():
                self._write(f"name-{name}", np.ascontiguousarray(names[name]))
            self._replace("texts", "\n".join(texts).encode())

        self._once("texts", fetch)
        texts = self._path("texts").read_bytes().decode().split("\n")
        return Columns({name: self._read(f"name-{name}") for name in NAME.names or ()}), texts

    def fetch_names(self) -> None:
        """Fetch the dictionary for all workers of this machine."""
        _ = self._names

    @property
    def names(self) -> Columns:
        """The dictionary by number."""
        return self._names[0]

    @cached_property
    def view(self) -> View:
        """Rows and names together."""
        return View(self.rows, self.names)

    @cached_property
    def stock(self) -> Stock:
        """Everything that comparison asks for."""
        rows = self.rows
        return Stock(
            rows=rows,
            names=self.names,
            texts=self._names[1],
            given_share=self.share("given"),
            surname_share=self.share("surname"),
            birth_share=self._births(),
            mail_held=self.held("mail"),
            phone_held=self.held("phone"),
            place_held=self.held("place"),
            firm_held=self.held("firm"),
        )

    def share(self, name: str) -> npt.NDArray[np.float32]:
        """Which share of the records bears each name as given name or as surname."""

        def compute() -> Array:
            if self._shares is not None:
                return np.asarray(self._shares(self._names[1], name))
            return frequencies.share_of(self.rows[name], self.names.count)

        found: npt.NDArray[np.float32] = self._kept(f"{name}-share", compute)
        return found

    def shares_from(self, shares: Callable[[Sequence[str], str], Any]) -> None:
        """Take the shares of names from a table instead of from the stock."""
        self._shares = shares

    def frequency(self, name: str) -> None:
        """Compute one array of frequencies: given, surname, birth, mail, phone, place, firm."""
        if name in ("given", "surname"):
            self.share(name)
        elif name == "birth":
            self._births()
        else:
            self.held(name)

    def frequent_births(self) -> Array:
        """(day, share) of the days that more than three in ten thousand were born on."""
        rows, share = self.rows, self._births()
        often = share >= 3e-4
        found = np.column_stack((rows["birth"][often].astype(np.float64), share[often]))
        days: Array = np.unique(found, axis=0)
        return days

    def _births(self) -> Any:
        def compute() -> Array:
            share = frequencies.birth_share(self.rows)
            if self._shares is not None:  # a small stock cannot tell a common day from a rare one
                dated = np.count_nonzero(self.rows["birth"])
                share[share * dated < _COMMON_DAY] = 0
            return share

        return self._kept("birth", compute)

    def held(self, name: str) -> npt.NDArray[np.uint8]:
        """How many records hold each mail, phone, place or firm of the records."""

        def count() -> Array:
            rows = self.rows
            return frequencies.held(frequencies.place_keys(rows) if name == "place" else rows[name])

        found: npt.NDArray[np.uint8] = self._kept(f"{name}-held", count)
        return found

    def index(self, kind: KeyType, number: int) -> Index:
        """The blocks of a key type."""
        name = f"index-{number}"
        if name not in self.indexes:
            parts = ("members", "record", "at", "rest")

            def build() -> None:
                touching = self.changed if self.only_changed else None
                found, tally, dropped = index(self.view, kind, touching=touching)
                for part in parts:
                    self._write(f"{name}-{part}", getattr(found, part))
                self._write(f"{name}-dropped", dropped)
                told = [tally.emitted, tally.dropped_blocks, tally.dropped_records,
                        tally.dropped_pairs]  # fmt: skip
                self._write(f"{name}-tally", np.array(told, dtype=np.int64))

            self._once(f"{name}-tally", build)
            arrays = [self._read(f"{name}-{part}") for part in parts]
            self.indexes[name] = Index(*arrays)
            emitted, blocks, records, pairs = np.load(self._path(f"{name}-tally")).tolist()
            self.tallies[name] = Tally(emitted, 0, blocks, records, pairs)
        return self.indexes[name]

    def tally(self, kind: KeyType, number: int) -> Tally:
        """What a key type brings and drops; pairs found first are counted later."""
        self.index(kind, number)
        return self.tallies[f"index-{number}"]

    def dropped(self, number: int) -> npt.NDArray[np.uint32]:
        """The keys of a type whose blocks are too large."""
        found: npt.NDArray[np.uint32] = np.load(self._path(f"index-{number}-dropped"))
        return found

    def keep(self, name: str, compute: Callable[[], Array]) -> Array:
        """Another array by name, computed if this machine does not have it."""
        found: Array = self._kept(name, compute)
        return found

    def forget(self) -> None:
        """Delete everything that this machine kept of the run."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _fetch(self) -> None:
        parts, size = self._load()
        count = size // SIGNATURE.itemsize
        columns = {
            name: np.lib.format.open_memmap(
                self._path(f"raw-{name}"), mode="w+", dtype=SIGNATURE[name].base,
                shape=(count, *SIGNATURE[name].shape),
            )
            for name in SIGNATURE.names or ()
        }  # fmt: skip
        at, changed = 0, []
        for data, ids in parts:
            part = np.frombuffer(data, dtype=SIGNATURE)
            for name, column in columns.items():
                column[at : at + len(part)] = part[name]
            at += len(part)
            changed += ids
        self._write("changed", np.array(changed, dtype=np.int64))
        self._replace("fetched", b"")

    def _read(self, name: str) -> Any:
        return np.load(self._path(name), mmap_mode="r").view(np.ndarray)

    def _kept(self, name: str, compute: Callable[[], Array]) -> Any:
        self._once(name, lambda: self._write(name, compute()))
        return self._read(name)

    def _once(self, name: str, make: Callable[[], None]) -> None:
        """Make a file unless it is there; others that want it wait."""
        if self._path(name).exists():
            return
        with self._lock(name):
            if not self._path(name).exists():
                make()

    @contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        with (self.folder / f"{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _write(self, name: str, array: Array) -> None:
        path = self._path(name).with_suffix(f".{os.getpid()}")
        with path.open("wb") as file:
            np.save(file, array)
        path.rename(self._path(name))

    def _replace(self, name: str, data: bytes) -> None:
        path = self._path(name).with_suffix(f".{os.getpid()}")
        path.write_bytes(data)
        path.rename(self._path(name))

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.npy"
