"""The Merkle tree of RFC 6962, against published vectors and the recursive definition itself."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consent.ledger.merkle import CompactRange, Tree, node, root_of_inclusion, verify_consistency

# The vectors of the reference implementation of Certificate Transparency.
INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
          "606162636465666768696a6b6c6d6e6f")  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
INCLUSION = {  # (number from 1, size): siblings
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (3, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (2, 5): (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
CONSISTENCY = {  # (old, size): proof
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
LEAVES = [sha256(b"\x00" + bytes.fromhex(text)).digest() for text in INPUTS]
OTHER = sha256(b"another").digest()


def raw(hashes: tuple[str, ...]) -> list[bytes]:
    return [bytes.fromhex(text) for text in hashes]


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size: int) -> None:
    growing = CompactRange()
    for leaf in LEAVES[:size]:
        growing.append(leaf)
    assert growing.root().hex() == ROOTS[size]
    assert Tree(LEAVES).root(size).hex() == ROOTS[size]


def test_a_published_node() -> None:
    assert node(b"N123", b"N456").hex() == (
        "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"
    )


@pytest.mark.parametrize("place", INCLUSION, ids=str)
def test_published_inclusion_proofs(place: tuple[int, int]) -> None:
    number, size = place
    assert Tree(LEAVES).inclusion(number - 1, size) == raw(INCLUSION[place])
    found = root_of_inclusion(LEAVES[number - 1], number - 1, size, raw(INCLUSION[place]))
    assert found == bytes.fromhex(ROOTS[size])


@pytest.mark.parametrize("sizes", CONSISTENCY, ids=str)
def test_published_consistency_proofs(sizes: tuple[int, int]) -> None:
    old, size = sizes
    proof = raw(CONSISTENCY[sizes])
    assert Tree(LEAVES).consistency(old, size) == proof
    assert verify_consistency(old, size, proof, *raw((ROOTS[old], ROOTS[size])))


SIZES = st.integers(1, 70)


@settings(max_examples=50, deadline=None)
@given(SIZES, st.data())
def test_the_recursive_definition_is_met_at_every_size(count: int, data: st.DataObject) -> None:
    leaves = [sha256(number.to_bytes(2, "big")).digest() for number in range(count)]
    tree, growing = Tree(leaves), CompactRange()
    size = data.draw(st.integers(1, count))
    for leaf in leaves[:size]:
        growing.append(leaf)
    assert tree.root(size) == growing.root() == naive_root(leaves[:size])
    assert len(growing.hashes) <= size.bit_length()

    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion(index, size)
    assert path == naive_path(index, leaves[:size])
    assert root_of_inclusion(leaves[index], index, size, path) == tree.root(size)

    old = data.draw(st.integers(1, size))
    proof = tree.consistency(old, size)
    assert proof == naive_proof(old, leaves[:size], whole=True)
    assert verify_consistency(old, size, proof, tree.root(old), tree.root(size))


@settings(max_examples=50, deadline=None)
@given(SIZES, st.data())
def test_a_proof_fits_one_place_only(count: int, data: st.DataObject) -> None:
    leaves = [sha256(number.to_bytes(2, "big")).digest() for number in range(count)]
    tree = Tree(leaves)
    index = data.draw(st.integers(0, count - 1))
    path, root, leaf = tree.inclusion(index), tree.root(), leaves[index]
    wrong = [
        root_of_inclusion(leaf, other, count, path)
        for other in range(-1, count + 1)
        if other != index
    ]
    wrong += [root_of_inclusion(leaf, index, count, [*path, extra]) for extra in (OTHER, root)]
    wrong += [root_of_inclusion(leaf, index, count, [OTHER, *path])]
    wrong += [root_of_inclusion(OTHER, index, count, path)]
    for place in range(len(path)):
        wrong.append(root_of_inclusion(leaf, index, count, path[:place]))
        changed = [*path[:place], OTHER, *path[place + 1 :]]
        wrong.append(root_of_inclusion(leaf, index, count, changed))
    assert root not in wrong


@settings(max_examples=50, deadline=None)
@given(SIZES, st.data())
def test_a_rewritten_past_has_no_consistency_proof(count: int, data: st.DataObject) -> None:
    leaves = [sha256(number.to_bytes(2, "big")).digest() for number in range(count)]
    old = data.draw(st.integers(1, count))
    changed = data.draw(st.integers(0, old - 1))
    before, after = Tree(leaves), Tree([*leaves[:changed], OTHER, *leaves[changed + 1 :]])
    proof = after.consistency(old)
    assert not verify_consistency(old, count, proof, before.root(old), after.root())
    assert not verify_consistency(
        old, count, before.consistency(old), before.root(old), after.root()
    )
    assert not verify_consistency(old, count, [*proof, OTHER], after.root(old), after.root())
    if proof:
        assert not verify_consistency(old, count, proof[:-1], after.root(old), after.root())


def test_the_empty_tree_is_the_beginning_of_all() -> None:
    tree = Tree(LEAVES)
    assert verify_consistency(0, 8, [], tree.root(0), tree.root(8))
    assert not verify_consistency(0, 8, [OTHER], tree.root(0), tree.root(8))
    assert not verify_consistency(0, 8, [], OTHER, tree.root(8))
    assert not verify_consistency(9, 8, [OTHER], OTHER, tree.root(8))


def test_a_growing_tree_continues_from_its_state() -> None:
    growing = CompactRange()
    for leaf in LEAVES[:5]:
        growing.append(leaf)
    continued = CompactRange(growing.size, growing.hashes)
    for leaf in LEAVES[5:]:
        continued.append(leaf)
    assert continued.root().hex() == ROOTS[8]
    assert growing.root().hex() == ROOTS[5]
    with pytest.raises(ValueError, match="a tree of 6 leaves has 2 subtrees"):
        CompactRange(6, growing.hashes[:1])


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda tree: tree.inclusion(8), "there is no leaf 8 among 8"),
        (lambda tree: tree.inclusion(3, 3), "there is no leaf 3 among 3"),
        (lambda tree: tree.consistency(0), "there is no proof from 0 leaves to 8"),
        (lambda tree: tree.consistency(6, 5), "there is no proof from 6 leaves to 5"),
        (lambda tree: tree.root(9), "the tree has 8 leaves, not 9"),
    ],
)
def test_there_are_no_proofs_beyond_the_tree(ask: Callable[[Tree], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ask(Tree(LEAVES))


# RFC 6962, section 2.1, word by word.
def split(count: int) -> int:
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def naive_root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    middle = split(len(leaves))
    below = naive_root(leaves[:middle]) + naive_root(leaves[middle:])
    return sha256(b"\x01" + below).digest()


def naive_path(index: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    middle = split(len(leaves))
    if index < middle:
        return [*naive_path(index, leaves[:middle]), naive_root(leaves[middle:])]
    return [*naive_path(index - middle, leaves[middle:]), naive_root(leaves[:middle])]


def naive_proof(old: int, leaves: list[bytes], *, whole: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [naive_root(leaves)]
    middle = split(len(leaves))
    if old <= middle:
        return [*naive_proof(old, leaves[:middle], whole=whole), naive_root(leaves[middle:])]
    return [*naive_proof(old - middle, leaves[middle:], whole=False), naive_root(leaves[:middle])]
