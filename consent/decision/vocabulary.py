"""What a language has to say: one entry for every code, duty, doubt and remedy."""

from collections.abc import Mapping
from dataclasses import dataclass

from consent.decision.codes import Channel, Code, Doubt, Duty, Ground, Outcome, Remedy


@dataclass(frozen=True, slots=True)
class Reason:
    """``brief`` for the headline, ``sentence`` for the explanation."""

    brief: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language. ``since`` adds a date to the brief reasons named in ``dated``."""

    contact: str
    date: str
    headlines: Mapping[Outcome, str]
    since: str
    dated: frozenset[Ground | Code]
    channels: Mapping[Channel, str]
    grounds: Mapping[Ground, Reason]
    codes: Mapping[Code, Reason]
    duties: Mapping[Duty, str]
    doubts: Mapping[Doubt, str]
    remedies: Mapping[Remedy, str]
