"""What a file really is, by its first bytes; its name is not asked.

Signatures: PRONOM and https://en.wikipedia.org/wiki/List_of_file_signatures.
"""

import zipfile
from pathlib import Path
from typing import Final, Literal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.importing.readers.encodings import text_head
from contacts.importing.readers.refusals import EmptyFile, FileTooLarge, WrongFileType

Kind = Literal["delimited", "spreadsheet", "vcard"]
DEFAULT_LIMIT: Final = 500 * 1024 * 1024
UNPACKED_LIMIT: Final = 2 * 1024**3
HEAD: Final = 64 * 1024

FOREIGN: Final = (
    (b"%PDF", gettext_lazy("eine PDF-Datei")),
    (b"MZ", gettext_lazy("ein Windows-Programm")),
    (b"\x7fELF", gettext_lazy("ein Programm")),
    (b"\x89PNG", gettext_lazy("ein Bild")),
    (b"\xff\xd8\xff", gettext_lazy("ein Bild")),
    (b"GIF8", gettext_lazy("ein Bild")),
    (b"\x1f\x8b", gettext_lazy("ein gepacktes Archiv")),
    (b"BZh", gettext_lazy("ein gepacktes Archiv")),
    (b"\xfd7zXZ\x00", gettext_lazy("ein gepacktes Archiv")),
    (b"(\xb5/\xfd", gettext_lazy("ein gepacktes Archiv")),
    (b"Rar!\x1a", gettext_lazy("ein gepacktes Archiv")),
    (b"7z\xbc\xaf\x27\x1c", gettext_lazy("ein gepacktes Archiv")),
    (b"SQLite format 3\x00", gettext_lazy("eine Datenbank")),
    (b"!BDN", gettext_lazy("eine Outlook-Datendatei (PST)")),
    (b"{\\rtf", gettext_lazy("ein Textdokument (RTF)")),
)
MARKUP: Final = ("<!doctype", "<html", "<?xml", "<table", "<meta", "mime-version:")
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BIFF: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x10\x00")


def kind_of(path: Path) -> Kind:
    """Which reader the file needs.

    :raises EmptyFile: no bytes.
    :raises FileTooLarge: above ``IMPORT_MAX_BYTES`` (default 500 MiB).
    :raises WrongFileType: nothing that holds a table or cards; says what it is instead.
    """
    _check_size(path)
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path)
    if head.startswith((OLE, *BIFF)):
        return "spreadsheet"
    for signature, what in FOREIGN:
        if head.startswith(signature):
            raise _wrong_type(str(what))
    text = text_head(head)
    if text is None:
        raise _wrong_type(_("keine Textdatei"))
    start = text.lstrip().lower()
    if start.startswith(MARKUP):
        raise _wrong_type(_("eine Internetseite oder XML-Datei"))
    return "vcard" if start.startswith("begin:vcard") else "delimited"


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile
    limit = getattr(settings, "IMPORT_MAX_BYTES", DEFAULT_LIMIT)
    if size > limit:
        raise FileTooLarge(
            _(
                "Die Datei ist %(size)s groß, angenommen werden höchstens %(limit)s. "
                "Bitte teilen Sie sie auf."
            )
            % {"size": _megabytes(size), "limit": _megabytes(limit)},
            size=size,
            limit=limit,
        )


def _kind_of_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            unpacked = sum(info.file_size for info in archive.infolist())
            mimetype = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise WrongFileType(
            _("Die Datei ist beschädigt oder unvollständig. Bitte exportieren Sie sie noch einmal.")
        ) from error
    is_excel = any(name.startswith("xl/") for name in names)
    if not is_excel and b"opendocument.spreadsheet" not in mimetype:
        is_word = any(name.startswith("word/") for name in names)
        what = _("ein Word-Dokument") if is_word else _("ein gepacktes Archiv (ZIP)")
        raise _wrong_type(what)
    if unpacked > UNPACKED_LIMIT:
        raise FileTooLarge(
            _(
                "Die Tabelle ist ausgepackt %(size)s groß. "
                "Bitte speichern Sie sie als CSV-Datei oder teilen Sie sie auf."
            )
            % {"size": _megabytes(unpacked)},
            size=unpacked,
            limit=UNPACKED_LIMIT,
        )
    return "spreadsheet"


def _wrong_type(what: str) -> WrongFileType:
    return WrongFileType(
        _(
            "Das ist %(what)s, keine Adressliste. "
            "Bitte wählen Sie eine CSV-, Excel-, OpenDocument- oder vCard-Datei."
        )
        % {"what": what},
        found=what,
    )


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.0f}\u00a0MB".replace(",", ".")
