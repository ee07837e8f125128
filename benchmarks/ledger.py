"""How fast an export of the consent ledger is verified, and what the hashes alone would cost.

    python -m benchmarks.ledger [--events 1000000]

Prints one JSON line. Each event has a payload; there is a signed checkpoint per tenth of the
ledger. ``floor_processor_seconds`` is what reading the lines, spelling core and payload with the
standard library and hashing them takes at least, without any check. No database is involved.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consent.ledger import chain, checkpoint, tampering, verifier


def main() -> None:
    """Measure and print; the exit code is 1 if the ledger was not found valid."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    events = parser.parse_args().events
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.jsonl"
        key = checkpoint.SigningKey("bench.example/ledger", Ed25519PrivateKey.generate())
        notes = _write(export, events, key)
        floor = _timed_floor(export)
        before, spent = time.perf_counter(), time.process_time()
        with export.open("rb") as lines:
            report = verifier.verify(verifier.read_export(lines), notes, [key.public])
        took, spent = time.perf_counter() - before, time.process_time() - spent
        figures = {
            "benchmark": "ledger",
            "events": report.size,
            "megabytes": round(export.stat().st_size / 1e6),
            "decision": report.decision,
            "seconds": round(took, 1),
            "processor_seconds": round(spent, 1),
            "floor_processor_seconds": round(floor, 1),
            "events_per_second": round(report.size / took),
            "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    print(json.dumps(figures))
    sys.exit(report.decision != "VALID")


def _write(export: Path, events: int, key: checkpoint.SigningKey) -> list[str]:
    """An export of ``events`` lines; gives its checkpoints."""
    tree, previous, notes = verifier.CompactRange(), chain.START, []
    with export.open("wb") as lines:
        for seq in range(1, events + 1):
            event = tampering.new_event(seq)
            payload, salt = event.pop("payload"), bytes.fromhex(str(event.pop("salt")))
            assert isinstance(payload, dict)
            sealed = chain.seal(event, after=previous)
            lines.write(chain.export_line(event, sealed, payload, salt))
            tree.append(sealed.leaf)
            previous = sealed.chain
            if seq % max(events // 10, 1) == 0:
                notes.append(checkpoint.sign(tree, key))
    return notes


def _timed_floor(export: Path) -> float:
    spelled = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
    before = time.process_time()
    with export.open("rb") as lines:
        for line in lines:
            event = json.loads(line)
            payload, _salt = event.pop("payload"), event.pop("salt")
            sha256(spelled(payload).encode())
            leaf = sha256(spelled(event).encode()).digest()
            sha256(leaf + leaf)  # the chain
            sha256(leaf + leaf)  # the tree
    return time.process_time() - before


if __name__ == "__main__":
    main()
