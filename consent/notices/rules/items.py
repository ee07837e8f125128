"""The items of Art. 13 and 14 GDPR by their letters, and which of the one is which of the other."""

from collections.abc import Iterable

ART_13 = (
    "13.1.a", "13.1.b", "13.1.c", "13.1.d", "13.1.e", "13.1.f",
    "13.2.a", "13.2.b", "13.2.c", "13.2.d", "13.2.e", "13.2.f",
)  # fmt: skip
ART_14 = (
    "14.1.a", "14.1.b", "14.1.c", "14.1.d", "14.1.e", "14.1.f",
    "14.2.a", "14.2.b", "14.2.c", "14.2.d", "14.2.e", "14.2.f", "14.2.g",
)  # fmt: skip
OBJECTION = "21.4"
"""The right to object, clearly and separately from everything else (Art. 21(4) GDPR)."""

CATEGORIES = "14.1.d"
SOURCE = "14.2.f"
"""The two items of Art. 14 that Art. 13 does not know."""

TWINS = {
    "14.1.a": "13.1.a",
    "14.1.b": "13.1.b",
    "14.1.c": "13.1.c",
    "14.1.e": "13.1.e",
    "14.1.f": "13.1.f",
    "14.2.a": "13.2.a",
    "14.2.b": "13.1.d",
    "14.2.c": "13.2.b",
    "14.2.d": "13.2.c",
    "14.2.e": "13.2.d",
    "14.2.g": "13.2.f",
}
"""The letters shift: what Art. 14 calls by one, Art. 13 calls by another."""

ALWAYS = frozenset({"13.1.a", "13.1.c", "13.2.a", "13.2.b", "13.2.d", "13.2.e", CATEGORIES, SOURCE})
"""Topics that no notice can do without."""

FIRST_LAYER = frozenset({"13.1.a", "13.1.c", "13.2.b", OBJECTION})
"""Topics that are said at once: WP260 rev.01, paragraphs 36 and 38."""


def of(article: int) -> tuple[str, ...]:
    """The items of an article, 13 or 14, in the order of the law."""
    return ART_14 if article == 14 else ART_13


def topic(item: str) -> str:
    """What an item is about: its letter in Art. 13 where it has one."""
    return TWINS.get(item, item)


def called(topic: str, article: int) -> str:
    """What an article calls a topic; itself if the article does not know it."""
    if article == 13:
        return topic
    return next((item for item, twin in TWINS.items() if twin == topic), topic)


def ordered(items: Iterable[str]) -> tuple[str, ...]:
    """In the order of the law, the right to object last."""
    return tuple(sorted(set(items)))
