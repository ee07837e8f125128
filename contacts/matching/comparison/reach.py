"""Mail addresses, the year in them, and phone numbers of pairs."""

from typing import Final

import numpy as np
import numpy.typing as npt

from contacts.matching.comparison.levels import MAIL, PHONE, YEAR
from contacts.matching.comparison.places_of import best, ranked
from contacts.matching.stock import Pairs

Levels = npt.NDArray[np.uint8]
Where = npt.NDArray[np.int64]
SHARED_MAIL: Final = 5
SHARED_PHONE: Final = 8
_NEAR_BITS: Final = 2
_MAIL_RANKS = ranked(
    MAIL.size,
    MAIL.numbers("same", "local", "same_shared", "domain_near", "near", "domain", "other"),
)
_PHONE_RANKS = ranked(
    PHONE.size,
    PHONE.numbers(
        "same_mobile", "same", "same_shared", "digit", "extension", "other_mobile", "other"
    ),
)


def mail(pairs: Pairs) -> Levels:
    """Levels of the mail addresses."""
    one, other, held = pairs.one, pairs.other, pairs.stock.mail_held

    def compare(where: Where, s: int, t: int) -> Levels:
        a, b = one.at(where), other.at(where)
        levels = np.full(len(where), MAIL.number("other"), dtype=np.uint8)
        firm = (a["domain"][:, s] == b["domain"][:, t]) & (a["domain"][:, s] != 0)
        levels[firm] = MAIL.number("domain")
        near = _near(a["letters"][:, s], b["letters"][:, t])
        near |= _near(a["letters"][:, s], b["exchanged"][:, t])
        few = np.bitwise_count(a["bag"][:, s] ^ b["bag"][:, t]) <= _NEAR_BITS
        near |= few & (a["bag"][:, s] != 0) & (b["bag"][:, t] != 0)
        levels[near] = MAIL.number("near")
        levels[near & firm] = MAIL.number("domain_near")
        levels[_near(a["local"][:, s], b["local"][:, t])] = MAIL.number("local")
        same = a["mail"][:, s] == b["mail"][:, t]
        shared = held[pairs.a[where], s] >= SHARED_MAIL
        levels[same] = np.where(
            shared[same], MAIL.number("same_shared"), MAIL.number("same")
        ).astype(np.uint8)
        return levels

    return best(one["mail"] != 0, other["mail"] != 0, compare, ranks=_MAIL_RANKS)


def year(pairs: Pairs) -> Levels:
    """Whether the two digits in the mailbox of one fit the other.

    Told only if a birth date is missing and the local parts differ; digits count against the
    other's birth year or, if none is known, against the other's mailbox.
    """
    one, other = pairs.one, pairs.other
    levels = np.zeros(len(one), dtype=np.uint8)
    asked = (one["birth"] == 0) | (other["birth"] == 0)
    asked &= (one["local"][:, 0] != other["local"][:, 0]) | (one["local"][:, 0] == 0)
    said_a = np.where(one["birth"] != 0, one["birth"] // 10000 % 100, one["year"][:, 0])
    said_b = np.where(other["birth"] != 0, other["birth"] // 10000 % 100, other["year"][:, 0])
    asked &= (said_a >= 0) & (said_b >= 0)
    levels[asked & (said_a == said_b)] = YEAR.number("agrees")
    levels[asked & (said_a != said_b)] = YEAR.number("differs")
    return levels


def phone(pairs: Pairs) -> Levels:
    """Levels of the phone numbers."""
    one, other, held = pairs.one, pairs.other, pairs.stock.phone_held

    def compare(where: Where, s: int, t: int) -> Levels:
        a, b = one["phone"][where, s], other["phone"][where, t]
        mobile_a = (one["mobile"][where] >> s) & 1 == 1
        mobile_b = (other["mobile"][where] >> t) & 1 == 1
        levels = np.full(len(where), PHONE.number("other"), dtype=np.uint8)
        levels[mobile_a & mobile_b] = PHONE.number("other_mobile")
        extension = ~mobile_a & ~mobile_b & _same_switchboard(a, b)
        levels[extension] = PHONE.number("extension")
        levels[_one_digit(a, b)] = PHONE.number("digit")
        same = a == b
        shared = held[pairs.a[where], s] >= SHARED_PHONE
        alone = np.where(mobile_a, PHONE.number("same_mobile"), PHONE.number("same"))
        found = np.where(shared, PHONE.number("same_shared"), alone).astype(np.uint8)
        levels[same] = found[same]
        return levels

    return best(one["phone"] != 0, other["phone"] != 0, compare, ranks=_PHONE_RANKS)


def _near(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = (a == b) & (a != 0)
    return found


def _same_switchboard(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether the numbers agree but for their last two digits, present in one or in both."""
    found: npt.NDArray[np.bool_] = (a // 100 == b // 100) | (a // 100 == b) | (a == b // 100)
    return found


def _one_digit(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether exactly one decimal digit differs: the difference is d·10^n with 0 < |d| < 10."""
    apart = np.abs(a - b)
    found = np.zeros(len(a), dtype=bool)
    power = 1
    for _digit in range(13):
        step = apart // power
        suspect = ((step * power == apart) & (step > 0) & (step < 10)).nonzero()[0]
        if len(suspect):
            rest_a, rest_b = a[suspect] // power // 10, b[suspect] // power // 10
            found[suspect[rest_a == rest_b]] = True
        power *= 10
    return found
