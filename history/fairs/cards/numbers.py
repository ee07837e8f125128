"""Telephone numbers in the pieces of a card, told apart by label and by the number itself."""

import re
from dataclasses import dataclass, replace

from contacts.matching.normalise import Unreadable, phone
from history.fairs.cards.pieces import Piece
from history.fairs.cards.proposals import Proposal, proposal

_NUMBER = re.compile(
    r"(?<![\w@.,/-])(?:\+\s?\d|00\s?\d|\(\s?\+?\s?\d{2,6}\s?\)|0\s?\d)(?:[\s()./–‐‑-]{0,3}\d){5,14}(?![\w@])"
)
_LABELS = {
    "phone": "telefon telephone telef tel fon phone ph office büro buero zentrale durchwahl direkt"
    " direct festnetz t p",
    "mobile": "mobil mobile mobiltelefon mob handy cell m h",
    "fax": "telefax fax f",
}
_FIELD = {word: field for field, words in _LABELS.items() for word in words.split()}
_LABEL = re.compile(
    r"(?:^|[\s(/,])(?P<label>"
    + "|".join(sorted(_FIELD, key=len, reverse=True))
    + r")\s?[.:/–-]*\s*$",
    re.IGNORECASE,
)
_ONLY_A_LABEL = re.compile(r"(?:" + "|".join(_FIELD) + r")[.:/]*", re.IGNORECASE)
_TIGHT_LABEL = re.compile(r"(?<!\w)([TMFPH])(?=[+(]?\d)")
_SHARED = re.compile(r"zentrale", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    field: str
    value: str
    read: float
    has_label: bool
    is_shared: bool


def numbers(pieces: list[Piece]) -> tuple[list[Proposal], list[Piece]]:
    """(one telephone and one mobile number, what is left). A fax is nobody's telephone."""
    found: list[_Found] = []
    rest: list[Piece] = []
    for each in pieces:
        piece = replace(each, text=_TIGHT_LABEL.sub(r"\1 ", each.text))
        spans = []
        for match in _NUMBER.finditer(piece.text):
            number = _read(piece, match)
            if number:
                label = _LABEL.search(piece.text[: match.start()])
                found.append(number)
                spans.append((label.start() if label else match.start(), match.end()))
        rest += piece.without(spans) if spans else [piece]
    chosen = [_chosen(found, field) for field in ("phone", "mobile")]
    kept = [piece for piece in rest if not _ONLY_A_LABEL.fullmatch(piece.text)]
    return [each for each in chosen if each], kept


def _read(piece: Piece, match: re.Match[str]) -> _Found | None:
    value = match[0].strip(" -–/.")
    try:
        kind = phone(value).kind
    except Unreadable:
        return None
    before = piece.text[: match.start()]
    label = _LABEL.search(before)
    field = _FIELD[label["label"].lower()] if label else ""
    if field != "fax" and kind in ("mobile", "landline"):
        field = "mobile" if kind == "mobile" else "phone"
    shared = bool(_SHARED.search(before))
    return _Found(field or "phone", value, piece.confidence, bool(label), shared)


def _chosen(found: list[_Found], field: str) -> Proposal | None:
    """The first number for the field, one's own before that of the switchboard."""
    fitting = sorted((each for each in found if each.field == field), key=lambda n: n.is_shared)
    if not fitting:
        return None
    first = fitting[0]
    meant = 0.97 if first.has_label else 0.88
    return proposal(field, first.value, read=first.read, meant=meant)
