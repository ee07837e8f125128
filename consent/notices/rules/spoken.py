"""How long it takes to say something on the phone."""

import re
from dataclasses import dataclass
from enum import StrEnum

WORDS_A_SECOND = {"de": 2.2, "en": 2.4, "plain": 1.8}
PAUSE, SPELLING = 0.4, 3.0  # seconds a sentence, and an address or number that is spelled
WARN_ABOVE, BLOCK_ABOVE = 40.0, 60.0  # seconds

_LINK = re.compile(
    r"(?:\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+(?::\d+)?/\S*|\S+@\S+)(?<![.,;!?])"
)
_NUMBER = re.compile(r"\+?\d[\d /-]{6,}\d")
_WORD = re.compile(r"\w+(?:[-‑’'.]\w+)*")
_END = re.compile(r"[.!?;](?=\W*(?:\s|$))")


class Length(StrEnum):
    """Whether a script can be asked of a caller."""

    FINE = "fine"
    LONG = "long"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a text takes."""

    words: int
    seconds: float

    @property
    def length(self) -> Length:
        """Long above 40 seconds, too long above 60."""
        if self.seconds > BLOCK_ABOVE:
            return Length.TOO_LONG
        return Length.LONG if self.seconds > WARN_ABOVE else Length.FINE


def estimate(text: str, language: str) -> Estimate:
    """Words by the pace of the language, a pause for each sentence, time to spell addresses."""
    spelled = 0
    for pattern in (_LINK, _NUMBER):
        text, count = pattern.subn(" ", text)
        spelled += count
    words = len(_WORD.findall(text))
    seconds = words / WORDS_A_SECOND[language] + PAUSE * len(_END.findall(text))
    return Estimate(words, round(seconds + SPELLING * spelled, 1))
