"""What is read out on the phone: essential items first, surprising ones marked, timed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consent.notices.rules import items, spoken, wording
from consent.notices.rules.due import Answer, Outcome
from consent.notices.rules.spoken import Estimate, Length


@dataclass(frozen=True, slots=True)
class Sentence:
    """One piece of a script; without an item it only leads over."""

    text: str
    item: str = ""
    is_surprising: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """What is said. ``items`` are those that a person knows once it was read."""

    language: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """All of it in one piece."""
        return " ".join(each.text for each in self.sentences if each.text)

    @property
    def items(self) -> tuple[str, ...]:
        """What is said, in the order of the law."""
        return items.ordered(each.item for each in self.sentences if each.item)

    @property
    def estimate(self) -> Estimate:
        """Words and seconds."""
        return spoken.estimate(self.text, self.language)

    @property
    def length(self) -> Length:
        """Whether a caller can be asked to listen."""
        return self.estimate.length


def compose(
    *,
    due: Answer,
    said: Mapping[str, str],
    surprising: frozenset[str],
    language: str,
    link: str,
    rest_by: str = "email",
    last_told: str = "",
) -> Script:
    """The script for what is due; ``said`` are the spoken words of each item that applies.

    ``rest_by`` is how the full text is offered (``email``, ``sms``, ``letter``, empty: only the
    link), ``last_told`` the day on which the person was told last, as it is said.
    """
    words = wording.WORDS[language]
    if due.outcome == Outcome.NONE:
        known = words.KNOWN.format(day=last_told) if last_told else ""
        return Script(language, (Sentence(known),) if known else ())
    spoken_items = due.new or due.first_layer
    is_news = bool(due.new and last_told)
    opening = words.SINCE.format(day=last_told) if is_news else words.OPENING
    rest = words.REST[rest_by].format(link=link)
    return Script(
        language,
        (
            Sentence(opening),
            *(
                Sentence(said[item], item, item in surprising)
                for item in in_spoken_order(spoken_items, surprising)
                if said.get(item)
            ),
            Sentence(rest),
        ),
    )


def in_spoken_order(found: Sequence[str], surprising: frozenset[str]) -> list[str]:
    """Who and what for, then what surprises, then rights and objection."""

    def rank(item: str) -> tuple[int, str]:
        topic = items.topic(item)
        if topic in ("13.1.a", "13.1.c"):
            return 0, topic
        if item in surprising:
            return 1, topic
        return (3 if topic in ("13.2.b", items.OBJECTION) else 2), topic

    return sorted(found, key=rank)
