"""Files of contacts: kept once by their hash, never run, never larger than 25 MB."""

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from django.db import connection
from django.utils.translation import gettext as _

from crm.kernel import errors
from history.models import Attachment, StoredFile, Touchpoint

MEGABYTE = 1024 * 1024
MAX_BYTES = 25 * MEGABYTE
MOST_FILES = 20
REFUSED = frozenset(
    {
        *(".bat", ".cmd", ".com", ".cpl", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msi"),
        *(".pif", ".ps1", ".reg", ".scr", ".vbe", ".vbs", ".wsf"),
    }
)
"""What runs when it is opened on somebody's desk."""
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "audio/webm"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
)
"""What a file is by its first bytes, whatever it is called."""
PROGRAMS = frozenset({"application/x-msdownload", "application/x-executable"})
OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it comes in: its name and its bytes."""

    name: str
    content: bytes


def attach(*, touchpoint: Touchpoint, files: Sequence[Upload], at: datetime) -> list[Attachment]:
    """Keep the files with a contact; the same content is stored once.

    :raises errors.Invalid: one is too large, empty or a program, or they are too many
    """
    if len(files) > MOST_FILES:
        limit = {"count": len(files), "most": MOST_FILES}
        sentence = _("%(count)d Dateien sind zu viele, möglich sind %(most)d.") % limit
        raise errors.Invalid({"files": [sentence]})
    problems = [problem for each in files if (problem := _problem(each))]
    if problems:
        raise errors.Invalid({"files": problems})
    return [
        Attachment.objects.create(
            touchpoint=touchpoint,
            stored=_stored(each.content, each.name, at),
            name=plain_name(each.name),
        )
        for each in files
    ]


def keep(*, upload: Upload, at: datetime) -> StoredFile:
    """Keep a file that belongs to no contact yet; the same content is stored once.

    :raises errors.Invalid: it is too large, empty or a program
    """
    if problem := _problem(upload):
        raise errors.Invalid({"files": [problem]})
    _one_at_a_time(upload.content)
    return _stored(upload.content, upload.name, at)


def hang_on(*, touchpoint: Touchpoint, stored: StoredFile, name: str) -> None:
    """Attach a file that is kept already; once is enough."""
    Attachment.objects.get_or_create(touchpoint=touchpoint, stored=stored, defaults={"name": name})


def opened(attachment: Attachment) -> "File[bytes]":
    """The file for reading; whoever asked closes it.

    :raises errors.NotFound: its content is not where it was kept
    """
    try:
        return attachment.stored.file.open("rb")
    except FileNotFoundError as error:
        raise errors.NotFound(public_id=str(attachment.public_id)) from error


def take_over(*, former: Touchpoint, later: Touchpoint) -> None:
    """Let the files of a contact hang on its correction, too."""
    Attachment.objects.bulk_create(
        Attachment(touchpoint=later, stored_id=each.stored_id, name=each.name)
        for each in former.attachments.all()
    )


def media_type_of(content: bytes, name: str) -> str:
    """What the file is: by its first bytes, where these say too little by its name, too."""
    for start, found in SIGNATURES:
        if content.startswith(start):
            guessed = mimetypes.guess_type(name)[0] or ""
            is_office = found == "application/zip" and guessed.startswith(OFFICE)
            return guessed if is_office else found
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return guessed if guessed.startswith(("text/", "message/")) else "application/octet-stream"


def _problem(upload: Upload) -> str:
    words = {"name": upload.name, "size": f"{len(upload.content) / MEGABYTE:.0f}"}
    if not upload.content:
        return _("„%(name)s“ ist leer.") % words
    if len(upload.content) > MAX_BYTES:
        return (
            _("„%(name)s“ hat %(size)s MB. Möglich sind 25 MB; legen Sie einen Verweis ab.") % words
        )
    suffix = PurePath(upload.name).suffix.casefold()
    if suffix in REFUSED or media_type_of(upload.content, upload.name) in PROGRAMS:
        return _("„%(name)s“ ist ein Programm und wird nicht angenommen.") % words
    return ""


def _stored(content: bytes, name: str, at: datetime) -> StoredFile:
    digest = hashlib.sha256(content).hexdigest()
    stored = StoredFile.objects.filter(sha256=digest).first() or StoredFile(sha256=digest)
    if stored.pk and stored.erased_at is None:
        return stored
    stored.media_type, stored.size = media_type_of(content, name), len(content)
    stored.created_at, stored.erased_at = at, None
    stored.file.save(digest, ContentFile(content), save=False)
    stored.save()
    return stored


def _one_at_a_time(content: bytes) -> None:
    """Wait for whoever keeps the same content at this moment, until the transaction ends."""
    number = int.from_bytes(hashlib.sha256(content).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def plain_name(name: str) -> str:
    """The last part of the name, whichever system it comes from, without what cannot be shown."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in last if letter.isprintable()).strip()
    return shown[-255:] or _("Datei")
