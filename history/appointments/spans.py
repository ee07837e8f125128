"""Spans of time, half open: plain arithmetic without a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``begins`` up to, not including, ``ends``."""

    begins: datetime
    ends: datetime

    def overlaps(self, other: "Span") -> bool:
        """Whether both share an instant."""
        return self.begins < other.ends and other.begins < self.ends

    def holds(self, other: "Span") -> bool:
        """Whether the other one lies within this one."""
        return self.begins <= other.begins and other.ends <= self.ends


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of ``spans`` when ``taken`` is cut out, in order."""
    left = sorted(spans)
    for cut in taken:
        left = [rest for span in left for rest in _rests(span, cut)]
    return left


def _rests(span: Span, cut: Span) -> list[Span]:
    if not span.overlaps(cut):
        return [span]
    before, behind = Span(span.begins, cut.begins), Span(cut.ends, span.ends)
    return [rest for rest in (before, behind) if rest.begins < rest.ends]
