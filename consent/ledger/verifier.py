"""Checks an export of the consent ledger on any computer that has Python, with nothing else.

    python verifier.py EXPORT.jsonl [--checkpoint FILE …] [--key VERIFIER_KEY] [--json]
    python verifier.py --proof BUNDLE.json [--key VERIFIER_KEY] [--json]

This file travels alone, so it imports the standard library only and holds every definition that a
check rests on; the rest of the package takes them from here, so that none exists twice. Formats:
RFC 8785 (canonical JSON), RFC 6962 and 9162 (Merkle tree), RFC 8032 (Ed25519), C2SP signed-note
and tlog-checkpoint. An export has one event per line: the hashed core, its hashes, its payload.
"""

import argparse
import base64
import binascii
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256, sha512
from json.encoder import encode_basestring as _quoted  # escapes exactly as RFC 8785 asks
from pathlib import Path
from typing import NamedTuple

VERSION = 1
CORE_KEYS = (
    *("v", "seq", "id", "kind", "person", "point", "controller", "channels", "purposes"),
    *("effective_at", "recorded_at", "actor", "about", "text", "evidence", "details"),
    "commitment",
)
START = bytes(32)  # the chain hash before the first event
LARGEST = 2**53 - 1  # JSON readers disagree on integers beyond (RFC 7493)
KEPT_FINDINGS = 100  # further ones are only counted: memory stays constant
_LISTS = (list, tuple)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


# --- canonical JSON (RFC 8785, without floats) --------------------------------------------------
class NotCanonical(ValueError):
    """A value that has no canonical form here; the message names the place, never the value."""

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(f"{where}: {why}" if where else why)
        self.why, self.where = why, where


def canonical(value: object) -> bytes:
    """The one spelling of a JSON value; floats are refused because their spelling is fragile."""
    try:
        return _spelled(value).encode()
    except UnicodeEncodeError:
        raise NotCanonical("half a surrogate pair is not valid Unicode") from None
    except RecursionError:
        raise NotCanonical("nested too deeply") from None


def _spelled(value: object) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        if -LARGEST <= value <= LARGEST:
            return int.__repr__(value)
        raise NotCanonical("an integer of 2^53 or more, write it as text")
    if isinstance(value, dict):
        return _spelled_object(value)
    if isinstance(value, _LISTS):
        return f"[{','.join([_spelled(item) for item in value])}]"
    raise NotCanonical(f"{type(value).__name__} has no canonical form, write an integer or text")


def _spelled_object(value: dict[str, object]) -> str:
    try:
        plain = "".join(value).isascii()
    except TypeError:
        raise NotCanonical("a key that is not text") from None
    parts, key = [], ""
    try:
        for key in sorted(value) if plain else sorted(value, key=_utf16):
            item = value[key]
            spelled = _quoted(item) if type(item) is str else _spelled(item)  # saves most calls
            parts.append(f"{_quoted(key)}:{spelled}")
    except NotCanonical as error:
        raise NotCanonical(error.why, f"{key}.{error.where}".rstrip(".")) from None
    return f"{{{','.join(parts)}}}"


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


# --- hashes of one event ------------------------------------------------------------------------
def leaf_hash(core: Mapping[str, object]) -> bytes:
    """The Merkle leaf hash of an event, from its columns."""
    return sha256(b"\0" + canonical(core)).digest()


def link(previous: bytes, leaf: bytes, seq: int) -> bytes:
    """The chain hash of event number ``seq``, which binds everything before it."""
    return sha256(b"\1" + previous + leaf + seq.to_bytes(8, "big")).digest()


def commitment(salt: bytes, payload: object) -> str:
    """What the core keeps of a payload: without the salt it says nothing about the person."""
    return sha256(salt + canonical(payload)).hexdigest()


def payload_state(event: Mapping[str, object]) -> str:
    """NONE, INTACT, ERASED_PROVABLY (payload and salt gone, commitment kept) or ALTERED."""
    promised, payload, salt = (event.get(key) for key in ("commitment", "payload", "salt"))
    if payload is None and salt is None:
        return "NONE" if promised is None else "ERASED_PROVABLY"
    if payload is None or not _is_hash(salt):
        return "ALTERED"
    try:
        found = commitment(bytes.fromhex(str(salt)), payload)
    except NotCanonical:
        return "ALTERED"
    return "INTACT" if found == promised else "ALTERED"


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and bool(_HASH.fullmatch(value))


# --- Merkle tree (RFC 6962) ---------------------------------------------------------------------
def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


class CompactRange:
    """A tree that only grows, kept as the roots of its perfect subtrees: at most 64 hashes.

    ``size`` and ``hashes`` are its whole state; with both it can be continued later.
    """

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)  # largest subtree first
        if len(self.hashes) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} subtrees")

    def append(self, leaf: bytes) -> None:
        rest = self.size
        while rest & 1:
            leaf = node(self.hashes.pop(), leaf)
            rest >>= 1
        self.hashes.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        if not self.hashes:
            return sha256().digest()
        *larger, root = self.hashes
        for left in reversed(larger):
            root = node(left, root)
        return root


def root_of_inclusion(leaf: bytes, index: int, size: int, proof: Iterable[bytes]) -> bytes | None:
    """The root that a proof leads to; None if it cannot belong to this place (RFC 9162, 2.1.3.2).

    ``index`` counts from 0.
    """
    if not 0 <= index < size:
        return None
    place, last, root = index, size - 1, leaf
    for sibling in proof:
        if not last:
            return None
        if place & 1 or place == last:
            root = node(sibling, root)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            root = node(root, sibling)
        place, last = place >> 1, last >> 1
    return None if last else root


# --- Ed25519 (RFC 8032): verification only, so nothing here is secret ---------------------------
_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_1 = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]  # extended coordinates: X, Y, Z and T = XY/Z


def _point(raw: bytes) -> _Point | None:
    number = int.from_bytes(raw, "little")
    odd, y = number >> 255, number & (2**255 - 1)
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT_OF_MINUS_1 % _P
    if (x * x - square) % _P or (odd and not x):
        return None
    x = x if x & 1 == odd else _P - x
    return x, y, 1, x * y % _P


def _sum(one: _Point, other: _Point) -> _Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c, d = 2 * one[3] * other[3] * _D % _P, 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


_BASE = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))


def ed25519_valid(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` (64 bytes) is one of ``message`` by the owner of ``public``."""
    key, scalar = _point(public), int.from_bytes(signature[32:], "little")
    if len(public) != 32 or len(signature) != 64 or not key or not _BASE or scalar >= _ORDER:
        return False
    factor = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % _ORDER
    minus_key = (_P - key[0], key[1], 1, _P - key[3])
    steps = (None, _BASE, minus_key, _sum(_BASE, minus_key))
    found: _Point = (0, 1, 1, 0)
    for bit in range(252, -1, -1):  # scalar·base − factor·key, both at once
        found = _sum(found, found)
        step = steps[(scalar >> bit & 1) | (factor >> bit & 1) << 1]
        found = _sum(found, step) if step else found
    scale = pow(found[2], -1, _P)
    x, y = found[0] * scale % _P, found[1] * scale % _P
    return signature[:32] == (y | (x & 1) << 255).to_bytes(32, "little")


Valid = Callable[[bytes, bytes, bytes], bool]  # public key, message, signature


# --- checkpoints (C2SP tlog-checkpoint, a signed note) ------------------------------------------
class Unreadable(ValueError):
    """Not the format that it should be; the message is a German sentence."""


class Signature(NamedTuple):
    name: str
    key_id: bytes
    raw: bytes


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes
    text: bytes  # what is signed
    signatures: tuple[Signature, ...]


class VerifierKey(NamedTuple):
    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        return sha256(self.name.encode() + b"\n\x01" + self.public).digest()[:4]

    def __str__(self) -> str:
        key = base64.b64encode(b"\x01" + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"


def read_key(text: str) -> VerifierKey:
    """``name+keyid+base64``: the public key as C2SP signed-note writes it."""
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    raw = _decoded(encoded)
    key = VerifierKey(name, raw[1:])
    if not name or len(raw) != 33 or raw[0] != 1 or key.key_id.hex() != key_id:
        raise Unreadable("Das ist kein Prüfschlüssel der Form Name+Kennung+Schlüssel.")
    return key


_LINE = re.compile("— ([^\\s+]+) ([A-Za-z0-9+/]+=*)")
_SIZE = re.compile("0|[1-9][0-9]{0,15}", re.ASCII)
_NOT_IN_NOTES = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")


def read_note(note: str) -> tuple[bytes, tuple[Signature, ...]]:
    """Text and signatures of a signed note; nothing of it is verified yet."""
    text, found, rest = note.rpartition("\n\n")
    lines = [_LINE.fullmatch(line) for line in rest.removesuffix("\n").split("\n")]
    if not found or not rest.endswith("\n") or _NOT_IN_NOTES.search(note):
        raise Unreadable("Das ist keine unterschriebene Notiz nach C2SP.")
    signatures = [(match[1], _decoded(match[2])) for match in lines if match]
    if len(signatures) != len(lines) or any(len(raw) < 5 for _, raw in signatures):
        raise Unreadable("Eine Unterschrift der Notiz ist nicht lesbar.")
    return f"{text}\n".encode(), tuple(
        Signature(name, raw[:4], raw[4:]) for name, raw in signatures
    )


def read_checkpoint(note: str) -> Checkpoint:
    """The parts of a checkpoint; whether a known key signed it, ``is_signed`` tells."""
    text, signatures = read_note(note)
    origin, *lines = text.decode().removesuffix("\n").split("\n")
    if len(lines) < 2 or not origin or not all(lines) or not _SIZE.fullmatch(lines[0]):
        raise Unreadable("Ein Prüfpunkt nennt Herkunft, Anzahl und Wurzel in je einer Zeile.")
    root = _decoded(lines[1])
    if len(root) != 32:
        raise Unreadable("Die Wurzel im Prüfpunkt ist keine SHA-256-Prüfsumme.")
    return Checkpoint(origin, int(lines[0]), root, text, signatures)


def is_signed(
    checkpoint: Checkpoint, keys: Iterable[VerifierKey], valid: Valid = ed25519_valid
) -> bool:
    """Whether the owner of this ledger signed: other signatures neither help nor harm."""
    known = {(key.name, key.key_id): key for key in keys if key.name == checkpoint.origin}
    ours = [entry for entry in checkpoint.signatures if (entry.name, entry.key_id) in known]
    return bool(ours) and all(
        valid(known[entry.name, entry.key_id].public, checkpoint.text, entry.raw) for entry in ours
    )


def _decoded(text: str) -> bytes:
    """Bytes of strict base64; empty where it is none or spelled in another way than usual."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return b""
    return raw if base64.b64encode(raw).decode() == text else b""


# --- the check ----------------------------------------------------------------------------------
REASONS = {
    "malformed": "Das ist kein vollständiges Ereignis dieses Protokolls.",
    "seq_gap": "Hier fehlt mindestens ein Ereignis.",
    "seq_order": "Hier steht ein Ereignis, das weiter vorn hingehört oder doppelt ist.",
    "recorded_at_not_monotonic": "Es will früher erfasst worden sein als das Ereignis davor.",
    "leaf_mismatch": "Der Inhalt ist nicht der, für den die Prüfsumme gebildet wurde.",
    "chain_mismatch": "Die Kettensumme schließt nicht an das Ereignis davor an.",
    "commitment_mismatch": "Die Nutzdaten sind nicht die, die erfasst wurden.",
    "checkpoint_root_mismatch": "Die Ereignisse bis dahin sind nicht die, die er festhielt.",
    "size_below_checkpoint": "Er kennt mehr Ereignisse, als es gibt: Am Ende fehlen welche.",
    "checkpoint_malformed": "Der Prüfpunkt ist nicht lesbar.",
    "checkpoint_signature": "Der Prüfpunkt trägt keine gültige Unterschrift des Schlüssels.",
    "inclusion_mismatch": "Der Nachweis führt nicht von diesem Ereignis zum Prüfpunkt.",
}


class Finding(NamedTuple):
    """``seq``: the event, or the first missing one; ``checkpoint``: the size that one speaks of."""

    reason: str
    seq: int | None = None
    checkpoint: int | None = None

    def __str__(self) -> str:
        of = "" if self.seq is None else f"Ereignis {self.seq}: "
        at = "" if self.checkpoint is None else f"Prüfpunkt über {self.checkpoint} Ereignisse: "
        return f"{at}{of}{REASONS[self.reason]} ({self.reason})"


@dataclass
class Report:
    """What a check found, in the order of the ledger; ``signed`` is None if no key was given."""

    size: int = 0
    root: bytes = field(default_factory=lambda: CompactRange().root())
    chain: str = START.hex()
    intact: int = 0
    erased: int = 0
    checkpoints: int = 0
    signed: bool | None = None
    findings: list[Finding] = field(default_factory=list)
    further_findings: int = 0

    def add(self, reason: str, seq: int | None = None, checkpoint: int | None = None) -> None:
        if len(self.findings) < KEPT_FINDINGS:
            self.findings.append(Finding(reason, seq, checkpoint))
        else:
            self.further_findings += 1

    @property
    def decision(self) -> str:
        return "BROKEN" if self.findings else "VALID"

    @property
    def reason(self) -> str | None:
        return self.findings[0].reason if self.findings else None

    @property
    def first_bad_seq(self) -> int | None:
        return next((found.seq for found in self.findings if found.seq is not None), None)

    def as_dict(self) -> dict[str, object]:
        return {
            "decision": self.decision,
            "reason": self.reason,
            "first_bad_seq": self.first_bad_seq,
            "size": self.size,
            "root_hash": self.root.hex(),
            "chain_hash": self.chain,
            "payloads": {"intact": self.intact, "erased": self.erased},
            "checkpoints": {"compared": self.checkpoints, "signed": self.signed},
            "findings": [found._asdict() for found in self.findings],
            "further_findings": self.further_findings,
        }


def verify(
    events: Iterable[Mapping[str, object]],
    checkpoints: Iterable[str] = (),
    keys: Sequence[VerifierKey] = (),
    valid: Valid = ed25519_valid,
) -> Report:
    """Check a whole ledger in the order of ``seq``, with constant memory.

    ``checkpoints`` are texts kept elsewhere. Without any, nothing shows that the end is missing
    or that everything was written anew; without a key, that a checkpoint is the ledger's own.
    ``valid`` may be a faster way to check a signature.
    """
    report = Report()
    read = _read(checkpoints, keys, report, valid)
    ahead = sorted(read, key=lambda one: one.size, reverse=True)
    unread, report.findings = report.findings, []
    tree, row = CompactRange(), _Row(report)

    def compare() -> None:
        while ahead and ahead[-1].size == tree.size:
            if ahead.pop().root != tree.root():
                report.add("checkpoint_root_mismatch", checkpoint=tree.size)

    compare()
    for event in events:
        tree.append(row.check(event))
        if ahead:
            compare()
    for missed in reversed(ahead):
        report.add("size_below_checkpoint", tree.size + 1, missed.size)
    report.size, report.root = tree.size, tree.root()
    report.findings += unread
    return report


def _read(
    notes: Iterable[str],
    keys: Sequence[VerifierKey],
    report: Report,
    valid: Valid = ed25519_valid,
) -> Iterator[Checkpoint]:
    report.signed = True if keys else None
    for note in notes:
        report.checkpoints += 1
        try:
            checkpoint = read_checkpoint(note)
        except Unreadable:
            report.add("checkpoint_malformed")
            report.signed = False if keys else None
            continue
        if keys and not is_signed(checkpoint, keys, valid):
            report.add("checkpoint_signature", checkpoint=checkpoint.size)
            report.signed = False
        yield checkpoint


class _Row:
    """One event after the other; each is held against its predecessor as it stands there, so that
    a single change is found once and what follows it is not blamed."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.expected = 1
        self.recorded_at = ""
        self.previous: bytes | None = START  # None: the predecessor is not there

    def check(self, event: Mapping[str, object]) -> bytes:
        """The leaf as the columns give it; what is wrong goes to the report."""
        leaf = own_leaf(event)
        if leaf is None:
            self.report.add("malformed", self.expected)
            self.expected, self.previous = self.expected + 1, None
            return START
        seq, recorded_at, stored = event["seq"], event["recorded_at"], str(event["chain_hash"])
        assert isinstance(seq, int)  # own_leaf made sure of both
        assert isinstance(recorded_at, str)
        if seq != self.expected:
            self.report.add("seq_gap" if seq > self.expected else "seq_order", self.expected)
            self.previous = None
        if recorded_at < self.recorded_at:
            self.report.add("recorded_at_not_monotonic", seq)
        check_content(event, leaf, seq, self.report)
        if self.previous and link(self.previous, _stored_leaf(event), seq).hex() != stored:
            self.report.add("chain_mismatch", seq)
        self.expected, self.recorded_at, self.previous = seq + 1, recorded_at, bytes.fromhex(stored)
        self.report.chain = stored
        return leaf


def own_leaf(event: Mapping[str, object]) -> bytes | None:
    """The leaf hash of an event's columns; None where it is no complete event."""
    seq, recorded_at = event.get("seq"), event.get("recorded_at")
    extra = ("payload" in event) + ("salt" in event)
    if (
        len(event) != len(CORE_KEYS) + 2 + extra
        or event.get("v") != VERSION
        or type(seq) is not int
        or not 0 < seq <= LARGEST
        or not isinstance(recorded_at, str)
        or not _INSTANT.fullmatch(recorded_at)
        or not _is_hash(event.get("leaf_hash"))
        or not _is_hash(event.get("chain_hash"))
    ):
        return None
    try:
        return leaf_hash({key: event[key] for key in CORE_KEYS})
    except (KeyError, NotCanonical):
        return None


def _stored_leaf(event: Mapping[str, object]) -> bytes:
    return bytes.fromhex(str(event["leaf_hash"]))


def check_content(event: Mapping[str, object], leaf: bytes, seq: int, report: Report) -> None:
    """Whether core and payload are what their hashes say."""
    if leaf != _stored_leaf(event):
        report.add("leaf_mismatch", seq)
    state = payload_state(event)
    report.intact += state == "INTACT"
    report.erased += state == "ERASED_PROVABLY"
    if state == "ALTERED":
        report.add("commitment_mismatch", seq)


def verify_inclusion(bundle: object, keys: Sequence[VerifierKey] = ()) -> Report:
    """Check a person's events against one checkpoint, without the events of anybody else.

    ``bundle``: {"checkpoint": text, "entries": [{"event": {…}, "proof": [hash, …]}, …]}, in the
    order of ``seq``. It shows that each event is in the ledger, not that none is left out.
    """
    report = Report()
    if not isinstance(bundle, dict) or not isinstance(bundle.get("entries"), list):
        raise Unreadable("Ein Nachweis besteht aus checkpoint und entries.")
    checkpoint = next(_read([str(bundle.get("checkpoint"))], keys, report), None)
    report.root = checkpoint.root if checkpoint else report.root
    before = 0
    for entry in bundle["entries"]:
        report.size += 1
        event, proof = _entry(entry)
        leaf, seq = own_leaf(event), event.get("seq")
        if leaf is None or proof is None or not isinstance(seq, int):
            report.add("malformed")
            continue
        if seq <= before:
            report.add("seq_order", seq)
        check_content(event, leaf, seq, report)
        if checkpoint:
            root = root_of_inclusion(leaf, seq - 1, checkpoint.size, proof)
            if root != checkpoint.root:
                report.add("inclusion_mismatch", seq, checkpoint.size)
        before = seq
    return report


def _entry(entry: object) -> tuple[dict[str, object], list[bytes] | None]:
    event, proof = (entry.get("event"), entry.get("proof")) if isinstance(entry, dict) else ({}, {})
    if not isinstance(event, dict) or not isinstance(proof, list) or not all(map(_is_hash, proof)):
        return {}, None
    return event, [bytes.fromhex(sibling) for sibling in proof]


# --- command line -------------------------------------------------------------------------------
def read_export(lines: Iterable[bytes]) -> Iterator[Mapping[str, object]]:
    """One event per line; what cannot be read comes out empty, which ``verify`` reports."""
    for line in lines:
        try:
            event = _json(line.decode())
        except (ValueError, RecursionError):
            event = {}
        yield event if isinstance(event, dict) else {}


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice: two readers could see two things")
    return found


_json = json.JSONDecoder(object_pairs_hook=_unique).decode


def main(arguments: Sequence[str] | None = None) -> int:
    """0: valid, 1: broken, 2: it could not be checked."""
    options = _options(arguments)
    try:
        report = _checked(options)
    except (OSError, UnicodeDecodeError, Unreadable) as error:
        sys.stderr.write(f"Nicht geprüft: {error}\n")
        return 2
    if options.json:
        lines = [json.dumps(report.as_dict(), ensure_ascii=False, indent=2)]
    else:
        lines = list(_told(report, proof=bool(options.proof)))
    sys.stdout.write("\n".join([*lines, ""]))
    return 1 if report.findings else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Prüft einen Auszug des Einwilligungsprotokolls oder einen Nachweis daraus.",
        epilog="Ende: 0 gültig, 1 gebrochen, 2 nicht geprüft.",
    )
    parser.add_argument("export", nargs="?", metavar="EXPORT.jsonl", help="der ganze Auszug")
    parser.add_argument("--proof", metavar="NACHWEIS.json", help="statt dessen: eine Person")
    parser.add_argument(
        *("--checkpoint", "--checkpoints"),
        nargs="+",
        action="extend",
        default=[],
        metavar="DATEI",
        help="Prüfpunkte, die anderswo aufbewahrt wurden",
    )
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="SCHLÜSSEL",
        help="Prüfschlüssel (Name+Kennung+Schlüssel) oder eine Datei damit",
    )
    parser.add_argument("--json", action="store_true", help="Ergebnis als JSON")
    options = parser.parse_args(arguments)
    if bool(options.export) == bool(options.proof):
        parser.error("Bitte entweder einen Auszug oder mit --proof einen Nachweis nennen.")
    return options


def _checked(options: argparse.Namespace) -> Report:
    keys = [_key(text) for text in options.key]
    if options.proof:
        try:
            bundle = _json(Path(options.proof).read_text("utf-8"))
        except (json.JSONDecodeError, RecursionError) as error:
            raise Unreadable(f"{options.proof} ist kein JSON ({error}).") from None
        return verify_inclusion(bundle, keys)
    notes = [_note(Path(name)) for name in options.checkpoint]
    with Path(options.export).open("rb") as lines:
        return verify(read_export(lines), notes, keys)


def _note(path: Path) -> str:
    """A checkpoint as it was signed, even where mail programs wrote other line ends."""
    return path.read_text("utf-8-sig").strip() + "\n"


def _key(text: str) -> VerifierKey:
    try:
        return read_key(text)
    except Unreadable:
        if not Path(text).is_file():
            raise
    return read_key(Path(text).read_text("utf-8"))


def _told(report: Report, *, proof: bool) -> Iterator[str]:
    yield f"{report.size} Ereignisse geprüft."
    yield f"Nutzdaten: {report.intact} unverändert, {report.erased} nachweislich gelöscht."
    yield f"Prüfpunkte: {report.checkpoints} verglichen."
    if not report.checkpoints:
        yield "Ohne Prüfpunkt bleibt verborgen, ob am Ende etwas fehlt oder alles neu ist."
    elif report.signed is None:
        yield "Unterschriften nicht geprüft: Dazu gehört --key mit dem Prüfschlüssel."
    if proof:
        yield "Das zeigt, dass diese Ereignisse im Protokoll stehen, nicht, dass keines fehlt."
    else:
        yield f"Wurzel {base64.b64encode(report.root).decode()}"
    yield from map(str, report.findings)
    if report.further_findings:
        yield f"… und {report.further_findings} weitere Befunde."
    where = "" if report.first_bad_seq is None else f" ab Ereignis {report.first_bad_seq}"
    yield f"GEBROCHEN{where}." if report.findings else "GÜLTIG."


if __name__ == "__main__":
    sys.exit(main())
