"""Who and where: name, company and function among the pieces that are left of a card.

Each piece gets a figure for each of the three; taken are the three pieces whose figures are the
highest together. E-mail address and website are witnesses: the part before the @ speaks for a
name, the domain for a company.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from contacts.matching.normalise import is_freemail, is_role_mailbox
from history.fairs.cards import alike, words
from history.fairs.cards.pieces import Piece
from history.fairs.cards.proposals import Proposal, proposal

_NEVER = -100.0
_LEAST = {"name": 2.0, "company_name": 1.4, "function": 2.4}
_BELOW_THE_NAME = 1.5
_CERTAIN = 7.0
_MOST_PIECES = 24
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Witness:
    """What addresses tell, each letter by what looks like it: the words of the mailbox's name,
    and the domain without its ending."""

    mailbox: tuple[str, ...] = ()
    domain: str = ""

    @classmethod
    def of(cls, email: str, website: str) -> "Witness":
        """From what stands on the card, either may be ""."""
        local, _at, domain = email.partition("@")
        if is_role_mailbox(local):
            local = ""
        if not domain or is_freemail(domain):
            domain = website.removeprefix("www.")
        told = alike.words(domain.partition("/")[0].rpartition(".")[0])
        mailbox = tuple(alike.key(word) for word in alike.words(local))
        return cls(mailbox, "".join(alike.key(word) for word in told))


def roles(pieces: Sequence[Piece], witness: Witness) -> list[Proposal]:
    """Proposals for name, company and function; none for what nothing speaks for."""
    joined = [replace(piece, text=words.whole(piece.text)) for piece in _unwrapped(pieces)]
    usable = [piece for piece in joined if 2 <= len(piece.text) <= _LONGEST]
    usable = usable[:_MOST_PIECES]
    rated = {
        "name": [_name(piece, witness) for piece in usable],
        "company_name": [_company(piece, witness, usable) for piece in usable],
        "function": [_function(piece) for piece in usable],
    }
    chosen = _best(usable, rated)
    found = []
    for field, at in chosen.items():
        if at is not None:
            figure = rated[field][at]
            if field == "function" and _is_below(usable, at, chosen["name"]):
                figure += _BELOW_THE_NAME
            meant = 0.4 + 0.58 * min(1.0, max(0.0, figure / _CERTAIN))
            piece = usable[at]
            found.append(proposal(field, piece.text, read=piece.confidence, meant=meant))
    return found


def _unwrapped(pieces: Sequence[Piece]) -> list[Piece]:
    """A legal form on a line of its own belongs to the line above it."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and words.is_legal_form(piece.text) and piece.row - last.row == 1:
            confidence = min(last.confidence, piece.confidence)
            text = f"{last.text} {piece.text}"
            joined[-1] = Piece(text, confidence, last.row, last.size, last.left, last.top)
        else:
            joined.append(piece)
    return joined


def _best(pieces: Sequence[Piece], rated: dict[str, list[float]]) -> dict[str, int | None]:
    """The choice of three different pieces, or of fewer, with the highest sum."""
    open_to = {
        field: [None, *(at for at, figure in enumerate(figures) if figure > _LEAST[field] - 2)]
        for field, figures in rated.items()
    }
    best, highest = dict.fromkeys(rated), 0.0
    for places in product(*open_to.values()):
        taken = [at for at in places if at is not None]
        if len(set(taken)) < len(taken):
            continue
        choice = dict(zip(open_to, places, strict=True))
        total = _total(pieces, rated, choice)
        if total > highest:
            best, highest = choice, total
    return best


def _total(
    pieces: Sequence[Piece], rated: dict[str, list[float]], choice: dict[str, int | None]
) -> float:
    """What the pieces of a choice are worth above what is asked of each."""
    total = 0.0
    for field, at in choice.items():
        if at is None:
            continue
        worth = rated[field][at] - _LEAST[field]
        if field == "function" and _is_below(pieces, at, choice["name"]):
            worth += _BELOW_THE_NAME
        if worth <= 0:
            return _NEVER
        total += worth
    return total


def _is_below(pieces: Sequence[Piece], at: int, name: int | None) -> bool:
    return name is not None and 0 < pieces[at].row - pieces[name].row <= 2


def _name(piece: Piece, witness: Witness) -> float:
    parts = words.bare_name(piece.text)
    if not parts:
        return _NEVER
    figure = 1.0 + _prominence(piece)
    figure += 2.0 if words.has_title(piece.text) else 0.0
    figure += 2.0 if words.is_given_name(parts[0]) else 0.0
    figure += _spoken_for(parts, witness)
    figure -= 1.2 * words.trade(piece.text) + 0.7 * words.job(piece.text)
    return figure - (4.0 if words.is_slogan(piece.text) else 0.0)


def _spoken_for(parts: list[str], witness: Witness) -> float:
    """How much the mailbox is called like the person: "a.maier", "maier", "amaier"."""
    names = [alike.key(word) for part in parts for word in alike.words(part)]
    whole = [alike.key(part) for part in parts]
    alone = [word for word in witness.mailbox if len(word) > 2 and word in {*names, *whole}]
    if alone:
        return min(5.0, 2.5 * len(alone) + (1.0 if alone[-1] in whole[-1:] + names[-1:] else 0))
    shapes = {f"{names[0][:1]}{names[-1]}", f"{names[-1]}{names[0][:1]}", f"{names[0]}{names[-1]}"}
    return 4.0 if shapes & {"".join(witness.mailbox), *witness.mailbox} else 0.0


def _company(piece: Piece, witness: Witness, pieces: Sequence[Piece]) -> float:
    if not any(sign.isupper() or sign.isdigit() for sign in piece.text):
        return _NEVER
    figure = words.trade(piece.text) + 0.7 * _prominence(piece)
    figure += 5.0 * covered(piece.text, witness.domain)
    same = sum(each.text.casefold() == piece.text.casefold() for each in pieces)
    figure += 1.0 if same > 1 else 0.0
    figure -= 0.5 * words.job(piece.text) if words.trade(piece.text) < 4 else 0.0
    figure -= 2.0 if words.is_slogan(piece.text) else 0.0
    return figure - (1.5 if sum(sign.isdigit() for sign in piece.text) > 4 else 0.0)


def covered(text: str, domain: str) -> float:
    """Which part (0 to 1) of the domain's letters the words of a text spell."""
    if len(domain) < 3:
        return 0.0
    told = [alike.key(word) for word in alike.words(text)]
    spelt = sum(len(word) for word in dict.fromkeys(told) if len(word) > 2 and word in domain)
    initials = "".join(word[:1] for word in told)
    if not spelt and len(initials) > 2 and initials.startswith(domain):
        spelt = len(domain)
    return min(1.0, spelt / len(domain))


def _function(piece: Piece) -> float:
    job, trade = words.job(piece.text), words.trade(piece.text)
    figure = 1.0 + job
    figure -= 4.0 if trade >= 4 else trade if job < 4 else 0.0
    figure -= 1.0 if not piece.text[0].isupper() else 0.0
    figure -= 4.0 if words.is_slogan(piece.text) else 0.0
    return figure - (2.0 if any(sign.isdigit() for sign in piece.text) else 0.0)


def _prominence(piece: Piece) -> float:
    """Large letters are printed for what matters; 0 for usual ones, 1.5 at most."""
    return 1.5 * max(0.0, min(1.0, piece.size - 1.0))
