"""How a file is to be read: what was found out, or what somebody chose instead."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from django.utils.translation import gettext as _

from contacts.importing.readers.refusals import BadReadOptions

DELIMITERS = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "Senkrechter Strich"}
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16-le": "UTF-16 (LE)",
    "utf-16-be": "UTF-16 (BE)",
    "iso8859-15": "ISO-8859-15",
    "iso8859-2": "ISO-8859-2",
    "cp1250": "Windows-1250",
    "cp850": "DOS (CP850)",
    "mac_roman": "Mac Roman",
}


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """``None`` means: find out. ``header_row`` counts from 1; 0 says that there is no header."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None

    def filled_by(self, found: "ReadOptions") -> "ReadOptions":
        """These options, with what was found in place of each ``None``."""
        missing = {key: value for key, value in asdict(found).items() if getattr(self, key) is None}
        return replace(self, **missing)

    def as_json(self) -> dict[str, Any]:
        """The options that are set, as plain values."""
        return {key: value for key, value in asdict(self).items() if value is not None}


def from_json(data: Mapping[str, Any]) -> ReadOptions:
    """Options from plain values; empty text counts as not set.

    :raises BadReadOptions: an unknown key, encoding or delimiter, or a negative header row.
    """
    known = {field.name for field in fields(ReadOptions)}
    if unknown := sorted(set(data) - known):
        raise BadReadOptions(_("Unbekannte Leseoption „%(name)s“.") % {"name": unknown[0]})
    values = {key: value for key, value in data.items() if value not in ("", None)}
    encoding, sheet = values.get("encoding"), values.get("sheet")
    if sheet is not None and not isinstance(sheet, str):
        raise BadReadOptions(_("Das Blatt muss ein Name sein."), field="sheet")
    if encoding is not None and str(encoding) not in ENCODINGS:
        raise BadReadOptions(
            _("Die Kodierung „%(name)s“ gibt es hier nicht. Möglich sind: %(names)s.")
            % {"name": encoding, "names": ", ".join(ENCODINGS)},
            field="encoding",
        )
    delimiter = values.get("delimiter")
    if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1):
        raise BadReadOptions(
            _("Das Trennzeichen muss genau ein Zeichen sein, zum Beispiel ein Semikolon."),
            field="delimiter",
        )
    if "header_row" in values:
        values["header_row"] = _header_row(values["header_row"])
    return ReadOptions(**values)


def _header_row(value: Any) -> int:
    try:
        row = int(value)
    except (TypeError, ValueError):
        row = -1
    if not 0 <= row <= 1000:
        raise BadReadOptions(
            _("Die Kopfzeile muss eine Zahl von 0 (keine Kopfzeile) bis 1000 sein."),
            field="header_row",
        )
    return row
