"""What a buying centre lacks: somebody who decides, or a word with who does. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from history.opportunities.buying_centre import Stake
from history.opportunities.scoring import DECIDING


@dataclass(frozen=True, slots=True)
class Gap:
    """``stake`` decides and nobody spoke to them; None: nobody is named who decides. ``way`` is
    who could introduce: shapes their opinion and is known, else is for us and is known."""

    stake: Stake | None
    way: Stake | None = None


def gap(stakes: Sequence[Stake]) -> Gap | None:
    """The gap to be closed first; None if there is none, or nobody is named at all."""
    if not stakes:
        return None
    deciding = [stake for stake in stakes if DECIDING & set(stake.roles)]
    if not deciding:
        return Gap(None)
    for stake in deciding:
        if not stake.contacts:
            return Gap(stake, _way_to(stake, stakes))
    return None


def _way_to(wanted: Stake, stakes: Sequence[Stake]) -> Stake | None:
    known = [stake for stake in stakes if stake.contacts and stake is not wanted]
    near = [stake for stake in known if wanted.key in stake.sways]
    mates = [stake for stake in known if stake.company == wanted.company]
    friends = [stake for stake in mates if stake.stance == "FOR"]
    return max(near or friends or mates, key=lambda stake: stake.contacts, default=None)
