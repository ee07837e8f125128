"""Evidence: files are stored once by their hash and found by it again."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from consent.models import Evidence
from crm.kernel import errors

MAX_BYTES = 20 * 1024 * 1024
MEDIA_TYPES = {
    "application/json": "json",
    "application/pdf": "pdf",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "message/rfc822": "eml",
    "text/plain": "txt",
}
SIGNATURES = {
    "application/pdf": (b"%PDF-",),
    "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3"),
    "audio/ogg": (b"OggS",),
    "audio/wav": (b"RIFF",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/webp": (b"RIFF",),
}
"""How files of these types begin: what a file is called does not say what it is."""


def store(
    *, content: bytes, kind: str, grade: str, media_type: str, name: str = "", at: datetime
) -> Evidence:
    """Keep a file; the same content is kept once, with the better of two grades told by its event.

    :raises errors.Invalid: empty, too large, or not of a type that is kept (field ``evidence``)
    """
    _require_readable(content, media_type)
    digest = hashlib.sha256(content).hexdigest()
    evidence = Evidence.objects.filter(sha256=digest).first() or Evidence(sha256=digest)
    if evidence.pk and evidence.erased_at is None:
        return evidence
    evidence.kind, evidence.grade, evidence.name = kind, grade, name[:200]
    evidence.media_type, evidence.size = media_type, len(content)
    evidence.created_at, evidence.erased_at = at, None
    evidence.file.save(f"{digest}.{MEDIA_TYPES[media_type]}", ContentFile(content), save=False)
    evidence.save()
    return evidence


def evidence_for(sha256: str) -> Evidence:
    """The piece with this hash.

    :raises errors.NotFound: there is none, or its file was erased
    """
    found = Evidence.objects.filter(sha256=sha256, erased_at=None).first()
    if found is None:
        raise errors.NotFound(sha256=sha256)
    return found


def file_name(piece: Evidence) -> str:
    """What its file is called where somebody saves it."""
    return piece.name or str(piece.file.name).rsplit("/", 1)[-1]


def _require_readable(content: bytes, media_type: str) -> None:
    problem = ""
    if not content:
        problem = _("Die Datei ist leer. Bitte wählen Sie den Nachweis noch einmal aus.")
    elif len(content) > MAX_BYTES:
        problem = _("Die Datei ist größer als 20 MB. Bitte verkleinern Sie den Scan.")
    elif media_type not in MEDIA_TYPES:
        problem = _("Dateien dieser Art (%(type)s) werden nicht als Nachweis aufbewahrt.") % {
            "type": media_type
        }
    elif media_type in SIGNATURES and not content.startswith(SIGNATURES[media_type]):
        problem = _("Der Inhalt der Datei passt nicht zu ihrer Art (%(type)s).") % {
            "type": media_type
        }
    if problem:
        raise errors.Invalid({"evidence": [problem]})
