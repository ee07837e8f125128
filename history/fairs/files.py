"""Photos and memos of a slip: announced, sent in pieces, checked by their hash, kept once.

What came so far lies below ``uploads/`` of the media storage; a piece is only taken where the last
one ended, so that a connection may break at any time. Once it is whole a file is kept by
:mod:`history.attachments` and hangs on the contact of its lead.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.kernel import audit, errors
from history import attachments
from history.attachments import MAX_BYTES, MEGABYTE, MOST_FILES, Upload
from history.fairs import settling
from history.fairs.slips import short
from history.models import LeadCapture, LeadFile, LeadFileKind

PIECE_BYTES: Final = 512 * 1024
"""What a device should send at once; up to :data:`MOST_PIECE_BYTES` are taken."""
MOST_PIECE_BYTES: Final = 4 * MEGABYTE
KEPT_PARTIAL: Final = timedelta(days=30)
_HASH: Final = re.compile(r"[0-9a-f]{64}")


class WrongOffset(errors.Conflict):
    """The piece does not begin where the last one ended: ``data["received"]`` says where."""

    code = "wrong-offset"
    default_message = gettext_lazy("Dieses Stück schließt nicht an das letzte an, das ankam.")


class WrongHash(errors.DomainError):
    """The file is whole and not what was announced; it starts again (``data["received"]`` is 0)."""

    code = "wrong-hash"
    default_message = gettext_lazy("Die Datei kam verändert an und wird noch einmal übertragen.")


class Refused(errors.DomainError):
    """The file is one that nobody keeps, a program for instance; sending it again is no use."""

    code = "file-refused"


def announce(*, lead: LeadCapture, sent: Any) -> list[str]:
    """Await the files of a slip that are not known yet; gives what is wrong with the others.

    ``sent`` holds ``sha256``, ``size``, ``kind`` and ``name`` of each.
    """
    problems: list[str] = []
    known = set(lead.files.values_list("sha256", flat=True))
    for each in sent if isinstance(sent, Sequence) and not isinstance(sent, str) else ():
        row = _read(each if isinstance(each, Mapping) else {}, lead)
        if row.sha256 in known:
            continue
        if problem := _problem(row, count=len(known)):
            problems.append(problem)
            continue
        row.save()
        known.add(row.sha256)
    return problems


def take(*, lead: LeadCapture, sha256: str, offset: int, piece: bytes, at: datetime) -> LeadFile:
    """Take in a piece; with the last one the file is checked, kept and attached.

    :raises errors.NotFound: no such file was announced
    :raises WrongOffset: it does not begin where the last piece ended
    :raises errors.Invalid: the piece is too large, or longer than what is missing
    :raises WrongHash: the file is not what was announced, and has to be sent again
    :raises Refused: nobody keeps such a file; it is no longer awaited
    """
    refusal: errors.DomainError | None = None
    with transaction.atomic():
        file = _locked(lead, sha256)
        _require_next(file, offset, piece)
        if piece:
            _append(file, piece)
        if file.stored_id is None and file.received == file.size:
            refusal = _finish(file, at=at)
    if refusal is not None:
        raise refusal
    return file


def drop_abandoned(*, at: datetime) -> int:
    """Delete what came of files whose rest never did, 30 days after their slip; gives how many."""
    rows = LeadFile.objects.filter(stored=None, lead__received_at__lt=at - KEPT_PARTIAL)
    count = 0
    for pk in list(rows.exclude(partial="").values_list("pk", flat=True)):
        with transaction.atomic():
            file = LeadFile.objects.select_for_update(of=("self",)).get(pk=pk)
            _start_again(file)
            audit.record(actor=None, action="lead-file.abandoned", at=at, target=file)
            count += 1
    return count


def _read(sent: Mapping[str, Any], lead: LeadCapture) -> LeadFile:
    kind, size = sent.get("kind"), sent.get("size")
    name = sent.get("name")
    return LeadFile(
        lead=lead,
        kind=kind if kind in LeadFileKind.values else LeadFileKind.PHOTO,
        name=attachments.plain_name(name if isinstance(name, str) else ""),
        sha256=str(sent.get("sha256", "")).lower(),
        size=size if isinstance(size, int) and not isinstance(size, bool) and size > 0 else 0,
    )


def _problem(row: LeadFile, *, count: int) -> str:
    words = {"name": short(row.name)}
    if not _HASH.fullmatch(row.sha256) or not row.size:
        return _("„%(name)s“ ist ohne Prüfsumme oder Größe angekündigt.") % words
    if row.size > MAX_BYTES:
        words["size"] = f"{row.size / MEGABYTE:.0f}"
        return _("„%(name)s“ hat %(size)s MB; möglich sind 25 MB.") % words
    if count >= MOST_FILES:
        return _("„%(name)s“ ist zu viel; möglich sind %(most)d Dateien.") % {
            **words,
            "most": MOST_FILES,
        }
    return ""


def _locked(lead: LeadCapture, sha256: str) -> LeadFile:
    rows = LeadFile.objects.select_for_update(of=("self",)).select_related("lead")
    file = rows.filter(lead=lead, sha256=sha256.lower()).first()
    if file is None:
        raise errors.NotFound(sha256=short(sha256))
    return file


def _require_next(file: LeadFile, offset: int, piece: bytes) -> None:
    if offset != file.received:
        raise WrongOffset(received=file.received)
    if len(piece) > MOST_PIECE_BYTES:
        sentence = _("Ein Stück hat höchstens %(most)d Bytes.") % {"most": MOST_PIECE_BYTES}
        raise errors.Invalid({"piece": [sentence]}, received=file.received)
    if file.received + len(piece) > file.size:
        sentence = _("Das ist mehr, als angekündigt war (%(size)d Bytes).") % {"size": file.size}
        raise errors.Invalid({"piece": [sentence]}, received=file.received)


def _append(file: LeadFile, piece: bytes) -> None:
    """Write behind what counts; what an interrupted request left there is overwritten."""
    if not file.partial:
        file.partial.save(str(file.public_id), ContentFile(piece), save=False)
    else:
        with file.partial.storage.open(str(file.partial.name), "r+b") as target:
            target.seek(file.received)
            target.truncate()
            target.write(piece)
    file.received += len(piece)
    file.save(update_fields=["partial", "received"])


def _finish(file: LeadFile, *, at: datetime) -> errors.DomainError | None:
    """Keep the whole file; a refusal is given back, as what it changes has to last."""
    with file.partial.storage.open(str(file.partial.name), "rb") as whole:
        content = whole.read()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        _start_again(file)
        return WrongHash(received=0)
    _drop_partial(file)
    try:
        file.stored = attachments.keep(upload=Upload(name=file.name, content=content), at=at)
    except errors.Invalid as refusal:
        return _give_up(file, str(refusal))
    file.save(update_fields=["partial", "stored"])
    settling.attach(lead=file.lead)
    if file.kind == LeadFileKind.CARD:
        _have_read(file.pk)
    return None


def _have_read(pk: int) -> None:
    from history.fairs.cards import tasks

    transaction.on_commit(lambda: tasks.recognise_card.delay(pk))


def _give_up(file: LeadFile, sentence: str) -> errors.DomainError:
    lead = LeadCapture.objects.select_for_update(of=("self",)).get(pk=file.lead_id)
    lead.problems = [*lead.problems, sentence[:500]]
    lead.save(update_fields=["problems"])
    file.delete()
    return Refused(sentence)


def _start_again(file: LeadFile) -> None:
    _drop_partial(file)
    file.received = 0
    file.save(update_fields=["partial", "received"])


def _drop_partial(file: LeadFile) -> None:
    storage, name = file.partial.storage, str(file.partial.name)
    file.partial = ""
    transaction.on_commit(lambda: storage.delete(name) if name else None)
