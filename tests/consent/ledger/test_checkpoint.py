"""Signed checkpoints: Ed25519 (RFC 8032), C2SP signed-note and tlog-checkpoint, the key file."""

import base64
import os
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from consent.ledger import checkpoint
from consent.ledger.merkle import CompactRange
from consent.ledger.verifier import ed25519_valid

# RFC 8032, section 7.1: public key, message, signature
RFC_8032 = {
    "1": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
        "1cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    "2": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
        "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    "3": (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
        "984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    "SHA(abc)": (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23"
        "a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c6"
        "6431e0303dca179c138ac17ad9bef1177331a704",
    ),
}
ORDER = 2**252 + 27742317777372353535851937790883648493

# The example of the reference implementation of signed notes.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
SAYING = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETERS_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR"
    "Zb6KE6RyyBwJnAM=\n"
)
NAME = "crm.beispiel.de/einwilligungen"


@pytest.fixture
def key(tmp_path: Path) -> checkpoint.SigningKey:
    return checkpoint.create_key(tmp_path / "keys", NAME)


def tree(size: int) -> CompactRange:
    growing = CompactRange()
    for number in range(size):
        growing.append(sha256(number.to_bytes(2, "big")).digest())
    return growing


@pytest.mark.parametrize("vector", RFC_8032.values(), ids=RFC_8032.keys())
def test_rfc_8032(vector: tuple[str, str, str]) -> None:
    public, message, signature = map(bytes.fromhex, vector)
    assert ed25519_valid(public, message, signature)
    assert not ed25519_valid(public, message + b"!", signature)
    for bit in (0, 100, 255, 256, 400):
        changed = (int.from_bytes(signature, "little") ^ 1 << bit).to_bytes(64, "little")
        assert not ed25519_valid(public, message, changed)


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_signatures_of_the_library_are_valid_for_their_message_alone(
    seed: bytes, message: bytes
) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert ed25519_valid(public, message, signature)
    assert not ed25519_valid(public, message + b"\x00", signature)
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    assert not ed25519_valid(public, message, signature[:32] + scalar.to_bytes(32, "little"))


@pytest.mark.parametrize(
    ("public", "signature"),
    [
        ("00" * 31, "00" * 64),
        ("ff" * 32, "00" * 64),  # y beyond the field
        ("02" + "00" * 31, "00" * 64),  # no point of the curve
        ("01" + "00" * 30 + "80", "01" + "00" * 63),  # x = 0 cannot be odd
        (RFC_8032["1"][0], "00" * 63),
        (RFC_8032["1"][0], ""),
    ],
)
def test_what_is_no_key_or_signature_signs_nothing(public: str, signature: str) -> None:
    assert not ed25519_valid(bytes.fromhex(public), b"", bytes.fromhex(signature))


def test_the_published_note_is_read_and_written_alike() -> None:
    peter = checkpoint.read_key(PETER)
    assert (peter.name, peter.key_id.hex(), str(peter)) == ("PeterNeumann", "c74f20a3", PETER)
    text, (signature,) = checkpoint.read_note(f"{SAYING}\n{PETERS_LINE}")
    assert text == SAYING.encode()
    assert (signature.name, signature.key_id) == (peter.name, peter.key_id)
    assert ed25519_valid(peter.public, text, signature.raw)

    signing = checkpoint.read_signing_key(PETERS_SECRET)
    assert str(signing.public) == PETER
    assert signing.spelled() == PETERS_SECRET
    assert checkpoint.sign_note(SAYING, signing) == f"{SAYING}\n{PETERS_LINE}"


def test_a_checkpoint_says_whose_how_many_and_which_root(key: checkpoint.SigningKey) -> None:
    note = checkpoint.sign(tree(5), key)
    root = tree(5).root()
    origin, size, encoded, empty, line, end = note.split("\n")
    assert (origin, size, empty, end) == (NAME, "5", "", "")
    assert base64.b64decode(encoded) == root
    assert line.startswith(f"— {NAME} ")
    read = checkpoint.read_checkpoint(note)
    assert (read.origin, read.size, read.root) == (NAME, 5, root)
    assert checkpoint.is_signed(read, [key.public])


def test_the_checkpoint_of_nothing_is_one_too(key: checkpoint.SigningKey) -> None:
    read = checkpoint.read_checkpoint(checkpoint.sign(CompactRange(), key))
    assert (read.size, read.root) == (0, sha256().digest())


@pytest.mark.parametrize(
    ("old", "new"), [("\n5\n", "\n6\n"), ("einwilligungen\n5", "anderes\n5"), ("=\n\n", "=\nx\n\n")]
)
def test_no_word_of_a_checkpoint_can_change(key: checkpoint.SigningKey, old: str, new: str) -> None:
    note = checkpoint.sign(tree(5), key)
    assert note.count(old) == 1
    assert not checkpoint.is_signed(
        checkpoint.read_checkpoint(note.replace(old, new)), [key.public]
    )


def test_other_signatures_neither_help_nor_harm(key: checkpoint.SigningKey, tmp_path: Path) -> None:
    witness = checkpoint.create_key(tmp_path / "witness", "zeuge.beispiel.de")
    impostor = checkpoint.create_key(tmp_path / "impostor", NAME)
    own = checkpoint.sign(tree(5), key)
    text, seen = own.split("\n\n")[0] + "\n", ""
    for other in (witness, impostor):
        seen += checkpoint.sign_note(text, other).split("\n\n")[1]
    both = checkpoint.read_checkpoint(own + seen)
    assert len(both.signatures) == 3
    assert checkpoint.is_signed(both, [key.public])
    foreign = checkpoint.read_checkpoint(f"{text}\n{seen}")
    assert not checkpoint.is_signed(foreign, [key.public])
    assert not checkpoint.is_signed(foreign, [witness.public])  # a witness is no author
    assert not checkpoint.is_signed(both, [])


def test_one_wrong_signature_of_the_own_key_spoils_the_note(key: checkpoint.SigningKey) -> None:
    forged = checkpoint.sign(tree(6), key).split("\n\n")[1]
    both = checkpoint.read_checkpoint(checkpoint.sign(tree(5), key) + forged)
    assert not checkpoint.is_signed(both, [key.public])


ROOT = base64.b64encode(bytes(32)).decode()
LINE = f"— {NAME} {base64.b64encode(bytes(68)).decode()}\n"


@pytest.mark.parametrize(
    "note",
    [
        "",
        f"{NAME}\n5\n{ROOT}\n",
        f"{NAME}\n5\n{ROOT}\n{LINE}",
        f"{NAME}\n5\n{ROOT}\n\n",
        f"{NAME}\n5\n{ROOT}\n\n{LINE[:-1]}",
        f"{NAME}\n5\n{ROOT}\n\n- {LINE[2:]}",
        f"{NAME}\n5\n{ROOT}\n\n{LINE}\n",
        f"{NAME}\n5\n{ROOT}\n\n— {NAME} AAAA\n",
        f"{NAME}\r\n5\n{ROOT}\n\n{LINE}",
        f"{NAME}\ud800\n5\n{ROOT}\n\n{LINE}",
        f"{NAME}\n05\n{ROOT}\n\n{LINE}",
        f"{NAME}\n-5\n{ROOT}\n\n{LINE}",
        f"{NAME}\n{'9' * 5000}\n{ROOT}\n\n{LINE}",
        f"{NAME}\n5\n{ROOT[:-4]}\n\n{LINE}",
        f"{NAME}\n5\n{ROOT[:-2]}B=\n\n{LINE}",
        f"\n5\n{ROOT}\n\n{LINE}",
        f"{NAME}\n5\n\n{LINE}",
        f"{NAME}\n5\n{ROOT}\n\nmore\n\n{LINE}",
    ],
)
def test_what_is_no_checkpoint_is_refused(note: str) -> None:
    with pytest.raises(checkpoint.Unreadable):
        checkpoint.read_checkpoint(note)


@pytest.mark.parametrize(
    "text",
    ["", "x", "PeterNeumann", PETER[:-1], PETER.replace("Peter", "Paul"), PETERS_SECRET,
     PETER.replace("+AR", "+BR"), PETER.replace("c74f20a3", "c74f20a4")],
)  # fmt: skip
def test_what_is_no_key_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(checkpoint.Unreadable) as refused:
        checkpoint.read_key(text)
    assert str(refused.value) == "Das ist kein Prüfschlüssel der Form Name+Kennung+Schlüssel."


def test_the_private_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        key = checkpoint.create_key(tmp_path / "a" / "keys", NAME)
    finally:
        os.umask(before)
    private, public = (
        tmp_path / "a" / "keys" / name for name in ("checkpoint.key", "checkpoint.pub")
    )
    assert private.stat().st_mode & 0o777 == 0o600
    assert private.parent.stat().st_mode & 0o777 == 0o700
    assert private.read_text() == f"{key.spelled()}\n"
    assert checkpoint.read_key(public.read_text()) == key.public
    again = checkpoint.load_key(tmp_path / "a" / "keys")
    assert again.public == key.public
    assert checkpoint.sign(tree(3), again) == checkpoint.sign(tree(3), key)


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    first = checkpoint.create_key(tmp_path, NAME)
    with pytest.raises(checkpoint.Unreadable, match="liegt schon ein Schlüssel"):
        checkpoint.create_key(tmp_path, NAME)
    assert checkpoint.load_key(tmp_path).public == first.public


@pytest.mark.parametrize("name", ["", "mit leer", "a+b", "zeile\n", "\x07"])
def test_a_name_must_fit_into_a_signature_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(checkpoint.Unreadable, match="Der Name des Protokolls"):
        checkpoint.create_key(tmp_path / "keys", name)
    assert not (tmp_path / "keys").exists()


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    checkpoint.create_key(tmp_path, NAME)
    (tmp_path / "checkpoint.key").chmod(0o640)
    with pytest.raises(checkpoint.Unreadable, match="auch für andere lesbar: chmod 600"):
        checkpoint.load_key(tmp_path)


@pytest.mark.parametrize(
    "spelled", ["", PETER, PETERS_SECRET[:-4], PETERS_SECRET.replace("Peter", "Paul"),
                PETERS_SECRET.replace("+AY", "+BY")]
)  # fmt: skip
def test_a_damaged_key_file_is_refused(spelled: str) -> None:
    with pytest.raises(checkpoint.Unreadable):
        checkpoint.read_signing_key(spelled)
