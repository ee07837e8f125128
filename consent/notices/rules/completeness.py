"""Whether a notice says everything: each item is there, or the reason why it does not apply."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from consent.notices.rules import items

CONSENT = frozenset({"6.1.a", "9.2.a"})
OBJECTIONABLE = frozenset({"6.1.e", "6.1.f"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What of the processing decides which items apply."""

    article: int = 13
    legal_bases: frozenset[str] = frozenset()
    has_officer: bool = False
    has_recipients: bool = False
    has_transfer: bool = False
    has_automated: bool = False
    is_marketing: bool = False
    objection_is_separate: bool = False

    @property
    def needs_objection(self) -> bool:
        """Whether Art. 21(4) asks for a block of its own."""
        return self.is_marketing or bool(self.legal_bases & OBJECTIONABLE)

    def must_apply(self, item: str) -> bool:
        """Whether it cannot be said of the item that it does not apply."""
        topic = items.topic(item)
        return topic in items.ALWAYS or {
            "13.1.b": self.has_officer,
            "13.1.d": "6.1.f" in self.legal_bases,
            "13.1.e": self.has_recipients,
            "13.1.f": self.has_transfer,
            "13.2.c": bool(self.legal_bases & CONSENT),
            "13.2.f": self.has_automated,
        }.get(topic, False)


def missing(
    *, present: Collection[str], reasons: Mapping[str, str], conditions: Conditions
) -> tuple[str, ...]:
    """The items that a notice lacks, in the order of the law; ``reasons`` why others do not apply.

    ``21.4`` is among them if the right to object is needed and does not stand by itself.
    """
    lacking = [
        item
        for item in items.of(conditions.article)
        if item not in present
        and (conditions.must_apply(item) or not reasons.get(item, "").strip())
    ]
    if conditions.needs_objection and not conditions.objection_is_separate:
        lacking.append(items.OBJECTION)
    return tuple(lacking)
