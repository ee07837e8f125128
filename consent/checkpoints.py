"""Checkpoints: the head of the ledger, signed every hour and put where the database cannot reach.

A new one goes on from the state of the last; it is only signed if everything since then is in
order, so that no signature ever vouches for a broken chain.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils.translation import gettext as _

from consent import keys, recording
from consent.ledger import chain, checkpoint
from consent.ledger.checkpoint import CompactRange
from consent.models import Checkpoint, LedgerEvent

LOCK = 0x45_43_48_4B  # one checkpoint at a time: "ECHK"
AT_ONCE = 5000
TIME = "erstellt "  # begins the line of a checkpoint that tells when it was signed
logger = logging.getLogger(__name__)


class Broken(Exception):
    """The ledger is not what its last checkpoint or its own hashes say; nothing is signed."""


def make(*, at: datetime) -> Checkpoint | None:
    """Sign the head of the ledger and anchor it; None if nothing came since the last time.

    :raises Broken: something before or since the last checkpoint was changed
    """
    made = _sign(at=at)
    anchor()
    if made is not None and settings.CHECKPOINT_MAIL:
        _send(made)
    return made


@transaction.atomic
def _sign(*, at: datetime) -> Checkpoint | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = newest()
    tree, head = _resumed(last)
    for event in LedgerEvent.objects.filter(seq__gt=tree.size).order_by("seq").iterator(AT_ONCE):
        sealed = chain.seal(recording.core_of(event), after=head)
        if event.seq != tree.size + 1 or sealed != (
            bytes(event.leaf_hash),
            bytes(event.chain_hash),
        ):
            raise Broken(f"event {event.seq}")
        tree.append(sealed.leaf)
        head = sealed.chain
    if tree.size == (last.size if last else 0):
        return None
    time = f"{TIME}{chain.instant(at)}"
    return Checkpoint.objects.create(
        size=tree.size,
        root=tree.root(),
        note=checkpoint.sign(tree, keys.signing_key(), time),
        state=[each.hex() for each in tree.hashes],
        created_at=at,
    )


def newest() -> Checkpoint | None:
    """The checkpoint over most events."""
    return Checkpoint.objects.order_by("-size").first()


def anchor() -> list[Path]:
    """Write the checkpoints that have no file yet to ``CHECKPOINT_DIR``; a file that is there is
    never written again."""
    folder = Path(settings.CHECKPOINT_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    there = {path.name for path in folder.iterdir()}
    written = []
    for row in Checkpoint.objects.order_by("size").only("size", "note").iterator(AT_ONCE):
        path = folder / file_name(row.size)
        if path.name not in there:
            _write_once(path, row.note)
            written.append(path)
    return written


def anchored() -> Iterator[str]:
    """The checkpoints that lie as files outside of the database."""
    folder = Path(settings.CHECKPOINT_DIR)
    for path in sorted(folder.glob("*.txt")) if folder.is_dir() else ():
        yield path.read_text("utf-8", errors="replace")


def file_name(size: int) -> str:
    """What the file of a checkpoint is called."""
    return f"pruefpunkt-{size:012d}.txt"


def _resumed(last: Checkpoint | None) -> tuple[CompactRange, bytes]:
    """The tree as the last checkpoint left it, and the chain hash that the next event follows."""
    if last is None:
        return CompactRange(), chain.START
    tree = CompactRange(last.size, [bytes.fromhex(each) for each in last.state])
    signed = checkpoint.read_checkpoint(last.note)
    event = LedgerEvent.objects.filter(seq=last.size).only("chain_hash").first()
    if event is None or (signed.size, signed.root) != (last.size, tree.root()):
        raise Broken(f"checkpoint {last.size}")
    return tree, bytes(event.chain_hash)


def _write_once(path: Path, note: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(note)
    except FileExistsError:
        return
    path.chmod(0o444)


def _send(made: Checkpoint) -> None:
    """To whoever keeps the heads outside; that the mail fails must not stop the next one."""
    message = EmailMessage(
        subject=_("Prüfpunkt des Einwilligungsprotokolls über %(size)d Ereignisse")
        % {"size": made.size},
        body=made.note,
        to=[settings.CHECKPOINT_MAIL],
    )
    try:
        message.send()
    except OSError:
        logger.exception("The checkpoint over %d events was not sent.", made.size)
