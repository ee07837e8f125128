"""What a mail address says about its owner: names, a year, whose domain."""

import re
from typing import NamedTuple

from contacts.matching.hashing import text_hash
from contacts.matching.names import mask
from contacts.matching.normalise.company_words import is_freemail, is_role_mailbox
from contacts.matching.normalise.folding import loose
from contacts.matching.normalise.mailboxes import email_match_key
from contacts.matching.remembering import remembered

_WORDS = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(\d\d)$")
NO_YEAR = -1


class Mailbox(NamedTuple):
    """One mail address in numbers (hashes are 32 bits, 0 means there is none).

    ``whole``: the address as a mailbox; ``local``: the part before the @ unless it names a role
    (info, office); ``domain``: of an employer, not of a free provider; ``letters`` and
    ``exchanged``: the local part's letters, as they stand and with its two words exchanged;
    ``bag``: which letters occur; ``year``: the two digits at the end, or -1.
    """

    whole: int = 0
    local: int = 0
    domain: int = 0
    letters: int = 0
    exchanged: int = 0
    one: int = 0
    other: int = 0
    bag: int = 0
    year: int = NO_YEAR


@remembered(1 << 13)
def mailbox(address: str, given: str, surname: str) -> Mailbox:
    """Read an address that belongs to somebody of this name (both without spaces, folded).

    The words of the local part are told apart by its signs, else by the owner's own name.
    """
    key = email_match_key(address)
    local, _at, domain = key.rpartition("@")
    written = address.rpartition("@")[0].split("+", 1)[0]
    employer = 0 if is_freemail(domain) else text_hash(domain)
    if is_role_mailbox(local):
        return Mailbox(text_hash(key), domain=employer)
    words = [loose(word) for word in _WORDS.findall(written)]
    one, other = _two(words, given, surname)
    letters = "".join(words)
    exchanged = other + one if other else ""
    year = _YEAR.search(local)
    return Mailbox(
        whole=text_hash(key),
        local=text_hash(local),
        domain=employer,
        letters=text_hash(letters) if len(letters) > 2 else 0,
        exchanged=text_hash(exchanged),
        one=text_hash(one),
        other=text_hash(other),
        bag=mask(letters)[0],
        year=int(year[1]) if year else NO_YEAR,
    )


def _two(words: list[str], given: str, surname: str) -> tuple[str, str]:
    """The two names in a mailbox; the second may be empty."""
    if len(words) != 1:
        return (words[0], "".join(words[1:])) if words else ("", "")
    whole = words[0]
    for name in (surname, given):
        if len(name) > 1 and len(whole) > len(name):
            if whole.endswith(name):
                return whole[: -len(name)], name
            if whole.startswith(name):
                return name, whole[len(name) :]
    return whole, ""
