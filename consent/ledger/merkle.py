"""Proofs about the Merkle tree of the ledger (RFC 6962; checks after RFC 9162).

Leaves are hashes already (``chain.leaf``). ``CompactRange`` follows a growing ledger with at most
64 hashes; ``Tree`` keeps all of them and gives proofs.
"""

from collections.abc import Sequence

from consent.ledger.verifier import CompactRange, node, root_of_inclusion

__all__ = ["CompactRange", "Tree", "node", "root_of_inclusion", "verify_consistency"]


class Tree:
    """All perfect subtrees over ``leaves``: built once in O(n), then every proof is O(log² n).

    Memory: twice the leaves. Sizes may be any up to ``len(leaves)``.
    """

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(below := self._levels[-1]) > 1:
            pairs = zip(below[::2], below[1::2], strict=False)
            self._levels.append([node(left, right) for left, right in pairs])

    def __len__(self) -> int:
        return len(self._levels[0])

    def root(self, size: int | None = None) -> bytes:
        size = self._within(size)
        return self._root(0, size) if size else CompactRange().root()

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """PATH(index, D[0:size]): the siblings from leaf number ``index`` (from 0) to the root."""
        size = self._within(size)
        if not 0 <= index < size:
            raise ValueError(f"there is no leaf {index} among {size}")
        return self._path(index, 0, size)

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """PROOF(old, D[0:size]): that the tree over ``size`` leaves begins with the old one."""
        size = self._within(size)
        if not 0 < old <= size:
            raise ValueError(f"there is no proof from {old} leaves to {size}")
        return self._extension(old, 0, size, whole=True)

    def _within(self, size: int | None) -> int:
        if size is None:
            return len(self)
        if not 0 <= size <= len(self):
            raise ValueError(f"the tree has {len(self)} leaves, not {size}")
        return size

    def _root(self, start: int, end: int) -> bytes:
        count = end - start
        if count.bit_count() == 1:  # splits make such a range start at a multiple of its length
            level = count.bit_length() - 1
            return self._levels[level][start >> level]
        middle = start + _split(count)
        return node(self._root(start, middle), self._root(middle, end))

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self._root(middle, end)]
        return [*self._path(index, middle, end), self._root(start, middle)]

    def _extension(self, old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
        if old == end:
            return [] if whole else [self._root(start, end)]
        middle = start + _split(end - start)
        if old <= middle:
            return [*self._extension(old, start, middle, whole=whole), self._root(middle, end)]
        return [*self._extension(old, middle, end, whole=False), self._root(start, middle)]


def verify_consistency(
    old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> bool:
    """Whether the tree of ``size`` leaves and ``root`` begins with the old one (RFC 9162, 2.1.4.2).

    Every tree begins with the empty one, which needs no proof.
    """
    if old == 0:
        return not proof and old_root == CompactRange().root()
    if old == size:
        return not proof and old_root == root
    path = [old_root, *proof] if old.bit_count() == 1 else list(proof)
    if not 0 < old < size or not path:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    earlier = later = path[0]
    for sibling in path[1:]:
        if not last:
            return False
        if place & 1 or place == last:
            earlier, later = node(sibling, earlier), node(sibling, later)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            later = node(later, sibling)
        place, last = place >> 1, last >> 1
    return not last and earlier == old_root and later == root


def _split(count: int) -> int:
    """The largest power of two below ``count``."""
    return 1 << (count - 1).bit_length() - 1
