"""Signed checkpoints: what the ledger was at a moment, to be kept where its keepers cannot reach.

The text is a C2SP tlog-checkpoint. The private key is a file outside the database, in the form
that other tools for signed notes read too.
"""

import base64
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from consent.ledger.merkle import Tree
from consent.ledger.verifier import (
    Checkpoint,
    CompactRange,
    Unreadable,
    VerifierKey,
    is_signed,
    read_checkpoint,
    read_key,
    read_note,
)

__all__ = [
    "Checkpoint",
    "CompactRange",
    "SigningKey",
    "Unreadable",
    "VerifierKey",
    "create_key",
    "is_signed",
    "load_key",
    "proof_bundle",
    "read_checkpoint",
    "read_key",
    "read_note",
    "read_signing_key",
    "sign",
    "sign_note",
    "text",
    "valid",
]

PRIVATE_FILE = "checkpoint.key"
PUBLIC_FILE = "checkpoint.pub"
_PRIVATE = "PRIVATE+KEY+"


class SigningKey:
    """The private key of a ledger and its name; ``public`` is what others check with."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self.public = VerifierKey(name, private.public_key().public_bytes_raw())
        self._private = private

    @property
    def name(self) -> str:
        return self.public.name

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)

    def spelled(self) -> str:
        """The secret itself, for the key file only."""
        seed = base64.b64encode(b"\x01" + self._private.private_bytes_raw()).decode()
        return f"{_PRIVATE}{self.name}+{self.public.key_id.hex()}+{seed}"


def create_key(directory: Path, name: str) -> SigningKey:
    """A new key pair in ``directory``: private file for the owner alone, public file beside it.

    ``name`` is the origin of the ledger, such as ``crm.beispiel.de/einwilligungen``. An existing
    key is never replaced: every checkpoint signed with it would lose its proof.
    """
    if not name or "+" in name or any(letter.isspace() or letter < " " for letter in name):
        raise Unreadable("Der Name des Protokolls braucht Zeichen ohne Leerraum und ohne „+“.")
    key = SigningKey(name, Ed25519PrivateKey.generate())
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = directory / PRIVATE_FILE
    try:
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise Unreadable(
            f"In {directory} liegt schon ein Schlüssel. Er wird nicht ersetzt."
        ) from None
    with os.fdopen(file, "w", encoding="utf-8") as private:
        private.write(f"{key.spelled()}\n")
        private.flush()
        os.fsync(private.fileno())
    (directory / PUBLIC_FILE).write_text(f"{key.public}\n", encoding="utf-8")
    return key


def load_key(directory: Path) -> SigningKey:
    """The key pair that ``create_key`` left there."""
    path = directory / PRIVATE_FILE
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Unreadable(f"{path} ist auch für andere lesbar: chmod 600 {path}")
    return read_signing_key(path.read_text(encoding="utf-8"))


def read_signing_key(spelled: str) -> SigningKey:
    name, _, rest = spelled.strip().removeprefix(_PRIVATE).partition("+")
    key_id, _, encoded = rest.partition("+")
    try:
        raw = base64.b64decode(encoded, validate=True)
        key = SigningKey(name, Ed25519PrivateKey.from_private_bytes(raw[1:]))
    except ValueError:
        raise Unreadable("Das ist kein Schlüssel zum Unterschreiben von Prüfpunkten.") from None
    if raw[:1] != b"\x01" or key.public.key_id.hex() != key_id:
        raise Unreadable("Name und Kennung passen nicht zum Schlüssel. Ist die Datei verändert?")
    return key


def valid(public: bytes, message: bytes, signature: bytes) -> bool:
    """What ``verifier.ed25519_valid`` says, some hundred times as fast."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def text(origin: str, size: int, root: bytes, *extensions: str) -> str:
    """What a checkpoint says: whose ledger, how many events, which root over them; further lines
    are signed with it."""
    lines = (origin, str(size), base64.b64encode(root).decode(), *extensions)
    return "".join(f"{line}\n" for line in lines)


def sign(tree: CompactRange, key: SigningKey, *extensions: str) -> str:
    """The signed checkpoint over everything that ``tree`` has seen."""
    return sign_note(text(key.name, tree.size, tree.root(), *extensions), key)


def sign_note(note: str, key: SigningKey) -> str:
    raw = key.public.key_id + key.sign(note.encode())
    return f"{note}\n— {key.name} {base64.b64encode(raw).decode()}\n"


def proof_bundle(note: str, events: Iterable[Mapping[str, object]], tree: Tree) -> dict[str, Any]:
    """What shows that ``events`` (lines of an export) are in the ledger that ``note`` speaks of.

    ``tree`` holds at least the events of the checkpoint; whoever checks needs nobody else's.
    """
    size = read_checkpoint(note).size
    entries = []
    for event in sorted(events, key=lambda one: int(str(one["seq"]))):
        proof = tree.inclusion(int(str(event["seq"])) - 1, size)
        entries.append({"event": event, "proof": [sibling.hex() for sibling in proof]})
    return {"checkpoint": note, "entries": entries}
