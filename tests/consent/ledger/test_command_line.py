"""The verifier as the data protection officer runs it: one file, Python, and nothing else."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from consent.ledger import chain, checkpoint, verifier
from consent.ledger.merkle import Tree
from consent.ledger.tampering import Event, build_chain, tree_over

NAME = "crm.beispiel.de/einwilligungen"


class Desk:
    """A folder somewhere else with the verifier alone, an export, its checkpoint and key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = checkpoint.create_key(folder / "keys", NAME)
        self.events = build_chain(20)
        shutil.copy(verifier.__file__, folder / "verifier.py")
        self.write("export.jsonl", exported(self.events))
        self.write("checkpoint.txt", checkpoint.sign(tree_over(self.events), self.key).encode())

    def write(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        command = [sys.executable, "-I", "-S", "verifier.py", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, timeout=60, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def exported(events: list[Event]) -> bytes:
    return b"".join(line(event) for event in events)


def line(event: Event) -> bytes:
    core = {key: event[key] for key in chain.CORE_KEYS}
    sealed = chain.Sealed(*(bytes.fromhex(str(event[key])) for key in ("leaf_hash", "chain_hash")))
    payload, salt = event["payload"], event["salt"]
    assert payload is None or isinstance(payload, dict)
    return chain.export_line(core, sealed, payload, bytes.fromhex(str(salt)) if salt else None)


FULL = ("export.jsonl", "--checkpoint", "checkpoint.txt", "--key", "keys/checkpoint.pub")


def test_a_valid_export(desk: Desk) -> None:
    root = desk.run("export.jsonl", "--json")[1]
    assert desk.run(*FULL) == (
        0,
        "20 Ereignisse geprüft.\n"
        "Nutzdaten: 20 unverändert, 0 nachweislich gelöscht.\n"
        "Prüfpunkte: 1 verglichen.\n"
        f"Wurzel {checkpoint.sign(tree_over(desk.events), desk.key).splitlines()[2]}\n"
        "GÜLTIG.\n",
        "",
    )
    assert json.loads(root)["root_hash"] == tree_over(desk.events).root().hex()


def test_a_broken_export(desk: Desk) -> None:
    desk.events[4]["channels"] = ["phone"]
    desk.write("export.jsonl", exported(desk.events))
    code, out, err = desk.run(*FULL)
    assert (code, err) == (1, "")
    assert out.splitlines()[4:] == [
        "Ereignis 5: Der Inhalt ist nicht der, für den die Prüfsumme gebildet wurde."
        " (leaf_mismatch)",
        "Prüfpunkt über 20 Ereignisse: Die Ereignisse bis dahin sind nicht die, die er festhielt."
        " (checkpoint_root_mismatch)",
        "GEBROCHEN ab Ereignis 5.",
    ]


def test_programs_get_json(desk: Desk) -> None:
    desk.write("export.jsonl", exported(desk.events[:17]))
    code, out, err = desk.run(*FULL, "--json")
    assert (code, err) == (1, "")
    assert json.loads(out) == {
        "decision": "BROKEN",
        "reason": "size_below_checkpoint",
        "first_bad_seq": 18,
        "size": 17,
        "root_hash": tree_over(desk.events[:17]).root().hex(),
        "chain_hash": desk.events[16]["chain_hash"],
        "payloads": {"intact": 17, "erased": 0},
        "checkpoints": {"compared": 1, "signed": True},
        "findings": [{"reason": "size_below_checkpoint", "seq": 18, "checkpoint": 20}],
        "further_findings": 0,
    }


def test_what_was_not_checked_is_said(desk: Desk) -> None:
    code, out, _ = desk.run("export.jsonl")
    assert code == 0
    assert "Ohne Prüfpunkt bleibt verborgen, ob am Ende etwas fehlt oder alles neu ist.\n" in out
    code, out, _ = desk.run("export.jsonl", "--checkpoint", "checkpoint.txt")
    assert code == 0
    assert "Unterschriften nicht geprüft: Dazu gehört --key mit dem Prüfschlüssel.\n" in out


def test_the_key_may_be_typed_and_several_checkpoints_given(desk: Desk) -> None:
    desk.write("first.txt", checkpoint.sign(tree_over(desk.events[:7]), desk.key).encode())
    arguments = ("--checkpoint", "first.txt", "checkpoint.txt", "--key", str(desk.key.public))
    code, out, _ = desk.run("export.jsonl", *arguments)
    assert (code, out.splitlines()[2]) == (0, "Prüfpunkte: 2 verglichen.")
    forged = checkpoint.create_key(desk.folder / "forged", NAME).public
    code, out, _ = desk.run("export.jsonl", "--checkpoint", "first.txt", "--key", str(forged))
    assert (code, out.splitlines()[-1]) == (1, "GEBROCHEN.")
    assert "keine gültige Unterschrift des Schlüssels. (checkpoint_signature)" in out


def test_a_checkpoint_survives_mail_programs(desk: Desk) -> None:
    note = (desk.folder / "checkpoint.txt").read_text()
    mailed = "\ufeff" + note.rstrip("\n").replace("\n", "\r\n") + "\r\n\r\n"
    desk.write("checkpoint.txt", mailed.encode())
    assert desk.run(*FULL)[0] == 0


@pytest.mark.parametrize(
    "damaged",
    [
        b"not json\n",
        b"[]\n",
        b"{}\n",
        b"\n",
        b"\xff\xfe\n",
        b"[" * 100_000 + b"\n",
        b'{"v": NaN}\n',
    ],
    ids=["text", "list", "empty", "blank", "bytes", "deep", "nan"],
)
def test_a_damaged_line_is_one_finding(desk: Desk, damaged: bytes) -> None:
    lines = [line(event) for event in desk.events]
    desk.write("export.jsonl", b"".join([*lines[:6], damaged, *lines[7:]]))
    code, out, err = desk.run("export.jsonl")
    assert (code, err) == (1, "")
    assert out.splitlines()[-2:] == [
        "Ereignis 7: Das ist kein vollständiges Ereignis dieses Protokolls. (malformed)",
        "GEBROCHEN ab Ereignis 7.",
    ]


def test_a_key_that_stands_twice_is_no_event(desk: Desk) -> None:
    lines = [line(event) for event in desk.events]
    twice = lines[2].replace(b'"kind":"GRANTED"', b'"kind":"REFUSED","kind":"GRANTED"')
    assert json.loads(twice)["kind"] == "GRANTED"
    desk.write("export.jsonl", b"".join([*lines[:2], twice, *lines[3:]]))
    assert desk.run("export.jsonl")[1].splitlines()[-1] == "GEBROCHEN ab Ereignis 3."


def test_the_proof_of_one_person(desk: Desk) -> None:
    tree = Tree([bytes.fromhex(str(event["leaf_hash"])) for event in desk.events])
    note = (desk.folder / "checkpoint.txt").read_text()
    event, proof = desk.events[8], [one.hex() for one in tree.inclusion(8)]
    bundle = {"checkpoint": note, "entries": [{"event": event, "proof": proof}]}
    desk.write("proof.json", json.dumps(bundle).encode())
    arguments = ("--proof", "proof.json", "--key", "keys/checkpoint.pub")
    assert desk.run(*arguments) == (
        0,
        "1 Ereignisse geprüft.\n"
        "Nutzdaten: 1 unverändert, 0 nachweislich gelöscht.\n"
        "Prüfpunkte: 1 verglichen.\n"
        "Das zeigt, dass diese Ereignisse im Protokoll stehen, nicht, dass keines fehlt.\n"
        "GÜLTIG.\n",
        "",
    )
    event["payload"] = {"name": "Jemand"}
    desk.write("proof.json", json.dumps(bundle).encode())
    code, out, _ = desk.run(*arguments, "--json")
    assert (code, json.loads(out)["reason"]) == (1, "commitment_mismatch")


@pytest.mark.parametrize(
    "arguments",
    [
        ("missing.jsonl",),
        ("export.jsonl", "--checkpoint", "missing.txt"),
        ("export.jsonl", "--key", "missing.pub"),
        ("export.jsonl", "--key", "keys/checkpoint.key"),
        ("--proof", "checkpoint.txt"),
        ("--proof", "binary"),
        (),
        ("export.jsonl", "--proof", "export.jsonl"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_checked_is_neither_valid_nor_broken(
    desk: Desk, arguments: tuple[str, ...]
) -> None:
    desk.write("binary", b"\xff\xfe\x00")
    code, out, err = desk.run(*arguments)
    assert (code, out) == (2, "")
    assert "Nicht geprüft: " in err or "Bitte entweder einen Auszug" in err
    assert "Traceback" not in err
    assert "PRIVATE" not in err
