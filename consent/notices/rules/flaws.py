"""What a version lacks, and why: judged by what it says, not by what it was meant to say."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from consent.notices.rules import completeness, items
from consent.notices.rules.completeness import Conditions
from consent.notices.rules.facts import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One item of a version; see :class:`consent.notices.rules.contents.Content`."""

    item: str
    is_applicable: bool
    reason: str = ""
    gap: str = ""
    texts: Mapping[str, str]


def lacking(
    parts: Collection[Part], *, conditions: Conditions, recipients: Sequence[str]
) -> list[tuple[str, str]]:
    """Items that are missing, each with a code why; ``recipients`` must all be named."""
    flaws = {part.item: _flaw(part, recipients) for part in parts}
    missing = completeness.missing(
        present={p.item for p in parts if p.is_applicable and not flaws[p.item]},
        reasons={p.item: p.reason for p in parts if not p.is_applicable and not p.gap},
        conditions=conditions,
    )
    return [(item, flaws.get(item, "")) for item in missing]


def _flaw(part: Part, recipients: Sequence[str]) -> str:
    if not part.is_applicable:
        return part.gap
    if any(not part.texts.get(language, "").strip() for language in LANGUAGES):
        return "text"
    if items.topic(part.item) != "13.1.e":
        return ""
    told = all(name in part.texts[language] for name in recipients for language in LANGUAGES)
    return "" if told else "recipient_unsaid"
