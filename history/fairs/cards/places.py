"""Street, postal code and city in the pieces of a card."""

import re

from contacts.matching.normalise import Unreadable, postal_code
from history.fairs.cards.pieces import Piece
from history.fairs.cards.proposals import Proposal, proposal

_CITY_WORD = r"[A-ZÄÖÜ][\w.'’-]*"
_SMALL = r"(?:am|an|der|dem|den|im|in|a\.|d\.|b\.|i\.|ob|bei|vor|auf|zu|unter|v\.|u\.|und)"
_PLACE = re.compile(
    r"(?<![\w/.-])(?:(?P<sign>[A-Z]{1,3})\s?[-–—]\s?)?(?P<code>\d{5}|\d{4})"
    rf",?\s+(?P<city>{_CITY_WORD}(?:[ /-]+(?:{_SMALL}|{_CITY_WORD}|\({_CITY_WORD}\)))*)"
)
_SIGNS = {"A": "AT", "AT": "AT", "CH": "CH", "D": "DE", "DE": "DE"}
_LAND = re.compile(
    r"\b(?:(Österreich|Austria)|(Schweiz|Suisse|Switzerland))\b|\+(43|41)|\.(at|ch)\b"
)
_NUMBER = r"\d{1,4}\s?[a-zA-Z]?(?:\s?[-–+/]\s?\d{1,4}\s?[a-zA-Z]?)?"
_FIRST_WORD = r"(?:[A-ZÄÖÜ]|\d{1,2}\.\s)[\w.'’-]*"
_BEHIND_IT = r"(?=$|[,;]|\s[-–+]|\s?[.:](?:\s|$))"
_STREET = re.compile(
    rf"(?P<street>{_FIRST_WORD}(?:[ -]+[\w.'’-]+){{0,4}}?,?\s+{_NUMBER}){_BEHIND_IT}"
    r"|(?P<box>Postfach\s[\d ]+\d)|(?P<block>[A-Z]\s?\d{1,2}\s?,\s?\d{1,2}[a-z]?)(?=$|,)"
)
_ENDS_LIKE_ONE = re.compile(
    r"(?:stra(?:ß|ss)e|str\.?|weg|platz|allee|ring|gasse|damm|ufer|chaussee|park|hof|markt|steig"
    r"|pfad|graben|wall|berg|feld|tor|kai|promenade|zeile|stieg|twiete|brücke|anger|siedlung|plan"
    r"|mühle|ziegelei|center|zentrum|süd|nord|ost|west)\s*,?\s+\d|(?:straße|str\.)\d",
    re.IGNORECASE,
)
_BEGINS_LIKE_ONE = re.compile(r"(?:Am|An|Im|In|Zur|Zum|Zu|Auf|Unter|Hinter|Vor|Bei|Alte[rs]?)\s")
_ALIGNED = 60
_LABELS = re.compile(r"\s+(?:Tel|Fon|Fax|Mobil|Telefon|Phone|Germany|Deutschland)\b.*")


def places(pieces: list[Piece], *, land: str) -> tuple[list[Proposal], list[Piece]]:
    """(street, postal code and city as far as they are there, what is left); ``land`` is the
    country whose postal codes have four digits where no sign stands before them."""
    at, match = _place(pieces, land)
    found: list[Proposal] = []
    if match:
        place = pieces[at]
        city = _LABELS.sub("", match["city"]).rstrip(" -./")
        found.append(proposal("postal_code", match["code"], read=place.confidence, meant=0.97))
        found.append(proposal("city", city, read=place.confidence, meant=0.95))
        left = place.without([(match.start(), match.start("city") + len(city))])
        pieces = [*pieces[:at], *left, *pieces[at + 1 :]]
    street = _street(pieces, place if match else None)
    if street:
        number, span, meant = street
        line = pieces[number]
        text = line.text[slice(*span)].strip(" ,")
        found.append(proposal("street", text, read=line.confidence, meant=meant))
        pieces = [*pieces[:number], *line.without([span]), *pieces[number + 1 :]]
    return found, pieces


def land(pieces: list[Piece]) -> str:
    """The country a card comes from, by its words, numbers and addresses: DE, AT or CH."""
    found = _LAND.search("\n".join(piece.text for piece in pieces))
    if not found:
        return "DE"
    return "AT" if found[1] or found[3] == "43" or found[4] == "at" else "CH"


def _place(pieces: list[Piece], land: str) -> tuple[int, re.Match[str] | None]:
    for number, piece in enumerate(pieces):
        for match in _PLACE.finditer(piece.text):
            country = _SIGNS.get(match["sign"] or "", "DE" if len(match["code"]) == 5 else land)
            if _is_code(match["code"], country):
                return number, match
    return 0, None


def _is_code(code: str, country: str) -> bool:
    try:
        return postal_code(code, country) == code
    except Unreadable:
        return False


def _street(pieces: list[Piece], place: Piece | None) -> tuple[int, tuple[int, int], float] | None:
    """(number of the piece, where in it, how sure): what looks like a street and stands where one
    belongs, in front of the city or on the line above."""
    rated = []
    for number, piece in enumerate(pieces):
        for match in _STREET.finditer(piece.text):
            looks = 2 if _ENDS_LIKE_ONE.search(match[0]) or match["box"] else 0
            looks += 1 if _BEGINS_LIKE_ONE.match(match[0]) else 0
            looks += _nearness(piece, place)
            rated.append((looks, -number, match.span()))
    if not rated or max(rated)[0] < 2:
        return None
    looks, number, span = max(rated)
    return -number, span, 0.95 if looks >= 4 else 0.85 if looks == 3 else 0.7


def _nearness(piece: Piece, place: Piece | None) -> int:
    if place is None:
        return 0
    if piece.row == place.row:
        return 2
    is_aligned = abs(piece.left - place.left) < _ALIGNED
    return 2 if 0 < place.row - piece.row <= (3 if is_aligned else 1) else 0
