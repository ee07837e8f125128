"""The ledger as files that a stranger can check: events, checkpoints, key and verifier."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import transaction

from consent import keys, reading
from consent.ledger import verifier
from consent.models import Checkpoint
from crm.accounts.models import User
from crm.kernel import audit

VERIFIER = "verifier.py"
KEY = "pruefschluessel.txt"


@dataclass(frozen=True, slots=True)
class Export:
    """What was written: ``files`` lie beside each other."""

    count: int
    files: list[Path]


def export(*, actor: User | None, target: Path, at: datetime) -> Export:
    """Write the events to ``target`` and what is needed to check them beside it.

    The file stands there whole or not at all.

    :raises OSError: it cannot be written
    """
    with NamedTemporaryFile("w", dir=target.parent, delete=False, encoding="utf-8") as file:
        unfinished = Path(file.name)
        try:
            with transaction.atomic():
                count = reading.export(file)
                audit.record(actor=actor, action="ledger.exported", context={"rows": count}, at=at)
        except BaseException:
            unfinished.unlink()
            raise
    unfinished.replace(target)
    beside = {
        VERIFIER: Path(verifier.__file__).read_text("utf-8"),
        KEY: f"{keys.signing_key().public}\n",
    }
    if (last := Checkpoint.objects.order_by("-size").first()) is not None:
        beside[f"{target.stem}.pruefpunkt.txt"] = last.note
    for name, content in beside.items():
        (target.parent / name).write_text(content, encoding="utf-8")
    return Export(count, [target, *(target.parent / name for name in beside)])
