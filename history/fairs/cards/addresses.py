"""E-mail addresses and websites in the pieces of a card."""

import re
from dataclasses import replace

from contacts.matching.normalise import Unreadable, email
from history.fairs.cards.pieces import Piece
from history.fairs.cards.proposals import Proposal, proposal

_ENDINGS = (
    "de com net org eu at ch info io biz example gmbh gov edu tech online shop berlin hamburg"
    " bayern koeln cologne nrw ruhr saarland swiss wien tirol li lu nl be fr it es pl cz dk uk us"
)
KNOWN_ENDINGS = frozenset(_ENDINGS.split())
_ENDING = "|".join(sorted(KNOWN_ENDINGS, key=len, reverse=True))
_NEXT_LABEL = r"(?:\s?[.,]\s?|-)(?!w{2,6}\s?[.,])[a-z0-9][\w-]*"
_DOMAIN = rf"[\w-]+(?:{_NEXT_LABEL})+"
_AT = r"\s?(?:@|[\[({]\s?at\s?[\])}]|[©®](?=\S))\s?"
_EMAIL = re.compile(
    rf"(?P<local>(?:[a-z][\w+-]*[.,]\s)?[\w+-]+(?:[.,][\w+-]+)*){_AT}(?P<domain>{_DOMAIN})",
    re.IGNORECASE,
)
_TORN_ENDING = re.compile(r"(?<=\.)([a-z]{1,6}) ([a-z]{1,6})(?![\w.@-])")
_TORN_AT_A_HYPHEN = re.compile(r"(?<=[a-z])-\s+-?(?=[a-z])")
_FAINT_POINT = re.compile(rf"((?:@|www\.)[\w-]+) ({_ENDING})(?![\w.-])", re.IGNORECASE)
_TORN_DOMAIN = re.compile(
    rf"(@[\w-]+) ([\w-]+(?:\.[\w-]+)*\.(?:{_ENDING})(?![\w-]))", re.IGNORECASE
)
_WITH_WWW = re.compile(
    rf"(?:https?\s?:\s?/\s?/\s?)?(?<![\w@.-])w{{2,6}}\s?[.,]\s?(?P<domain>{_DOMAIN})"
    r"(?P<path>/[\w/.~-]*)?|https?\s?:\s?/\s?/\s?(?P<other>[\w-]+(?:\.[\w-]+)+)(?P<rest>/[\w/.~-]*)?",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![\w@.-])(?P<domain>(?:[\w-]{{2,}}\.)+(?:{_ENDING}))(?P<path>/[\w/.~-]*)?(?![\w@-])",
    re.IGNORECASE,
)
_LABELS = frozenset(
    ["e", "mail", "email", "e-mail", "web", "internet", "homepage", "online", "url", "www"]
)
_SEPARATOR = re.compile(r"(\s?[.,]\s?)")


def emails(pieces: list[Piece]) -> tuple[list[Proposal], list[Piece]]:
    """(addresses, what is left): blanks and commas among the letters of one are taken out."""
    found: list[Proposal] = []
    rest: list[Piece] = []
    for each in pieces:
        piece = replace(each, text=_whole(each.text))
        spans = []
        for match in _EMAIL.finditer(piece.text):
            domain, cut = _domain(match["domain"])
            local, start = _local(match["local"])
            written = f"{local}@{domain}"
            if not domain or not _is_address(written):
                continue
            is_plain = written.lower() in each.text.lower()
            meant = 0.98 if is_plain else 0.85
            found.append(proposal("email", written, read=piece.confidence, meant=meant))
            spans.append((match.start() + start, match.end() - cut))
        rest += piece.without(spans) if spans else [piece]
    return found, [each for each in rest if each.text.lower().strip(" .:") not in _LABELS]


def websites(pieces: list[Piece]) -> tuple[list[Proposal], list[Piece]]:
    """(websites, what is left), as they are printed, without the protocol."""
    found: list[Proposal] = []
    rest: list[Piece] = []
    for each in pieces:
        piece = replace(each, text=_whole(each.text))
        spans = []
        match = _WITH_WWW.search(piece.text) or _BARE.search(piece.text)
        if match:
            parts = match.groupdict()
            domain, cut = _domain(parts.get("domain") or parts.get("other") or "")
            path = parts.get("path") or parts.get("rest") or ""
            has_www = re.match(r"(?:https?\W+)?w{2,6}\s?[.,]", match[0], re.IGNORECASE)
            site = f"{'www.' if has_www else ''}{domain}{'' if cut else path.rstrip('/.')}"
            if domain:
                meant = 0.97 if has_www else 0.85
                found.append(proposal("website", site, read=piece.confidence, meant=meant))
                spans.append((match.start(), match.end() - cut))
        rest += piece.without(spans) if spans else [piece]
    return found, [each for each in rest if each.text.lower().strip(" .:") not in _LABELS]


def _whole(text: str) -> str:
    """The text without a blank that tears a domain apart, seen by the ending it has without."""

    def joined(found: re.Match[str]) -> str:
        first, second = found[1].lower(), found[2].lower()
        torn = first not in KNOWN_ENDINGS and first + second in KNOWN_ENDINGS
        return found[1] + found[2] if torn else found[0]

    if "@" in text or "www" in text.lower():
        text = _TORN_AT_A_HYPHEN.sub("-", text)
    text = _TORN_DOMAIN.sub(r"\1\2", _TORN_ENDING.sub(joined, text))
    return _FAINT_POINT.sub(r"\1.\2", text)


def _local(written: str) -> tuple[str, int]:
    """(the part before the @, how many letters of ``written`` are a label in front of it)."""
    first, gap, last = written.rpartition(" ")
    if gap and first.rstrip(".,").lower() in _LABELS:
        return last.replace(",", "."), len(first) + 1
    return written.replace(" ", "").replace(",", "."), 0


def _domain(written: str) -> tuple[str, int]:
    """(the domain in small letters, how many letters behind it do not belong to it)."""
    parts = _SEPARATOR.split(written)
    kept = parts[0]
    used = len(parts[0])
    for sign, label in zip(parts[1::2], parts[2::2], strict=True):
        ends_here = kept.rpartition(".")[2].lower() in KNOWN_ENDINGS and "." in kept
        if ends_here and sign != ".":
            break
        kept = f"{kept}.{label}"
        used += len(sign) + len(label)
    kept = kept.rstrip("-").lower()
    ending = kept.rpartition(".")[2]
    if "." not in kept or not ending.isalpha() or len(ending) < 2:
        return "", 0
    return kept, len(written) - used


def _is_address(written: str) -> bool:
    try:
        return email(written) == written.lower()
    except Unreadable:
        return False
