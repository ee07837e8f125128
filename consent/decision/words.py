"""An answer in words, German and English: one sentence for the agent, the rest on demand."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from consent.decision.codes import Channel, Code, Ground
from consent.decision.facts import Decision
from consent.decision.vocabulary import Words
from consent.decision.words_de import GERMAN
from consent.decision.words_en import ENGLISH

SHOWN_IN = ZoneInfo("Europe/Berlin")
_GENERAL = frozenset(
    {
        Code.CONSENT_MISSING,
        Code.SEC7_3_NO_SALE,
        Code.PRESUMED_NOT_DOCUMENTED,
        Code.UNKNOWN_RECIPIENT_TYPE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """``law`` is what the deciding rule goes by."""

    headline: str
    sentences: tuple[str, ...]
    duties: tuple[str, ...]
    doubts: tuple[str, ...]
    would_allow: tuple[str, ...]
    law: str


def explain(decision: Decision, language: str) -> Explanation:
    """The answer in ``de`` or ``en``; a variant (``de-at``) speaks its language, any other German.

    An answer that a clearance turned tells the doubts that were cleared, too.
    """
    words = words_of(language)
    grounds = [words.grounds[decision.ground]] if decision else []
    reasons = [*grounds, *(words.codes[code] for code in decision.codes)]
    return Explanation(
        headline=words.headlines[decision.outcome].format(
            channel=_channel(decision.channel, words), reason=_brief(decision, words)
        ),
        sentences=tuple(each.sentence for each in reasons),
        duties=tuple(words.duties[each] for each in decision.duties),
        doubts=tuple(words.doubts[each] for each in decision.doubts),
        would_allow=tuple(words.remedies[each] for each in decision.would_allow),
        law=_law(decision, language),
    )


def words_of(language: str) -> Words:
    """The words of a language."""
    return ENGLISH if _is_english(language) else GERMAN


def _is_english(language: str) -> bool:
    return language.lower().split("-")[0] == "en"


def _channel(channel: str, words: Words) -> str:
    return words.channels[Channel(channel)] if channel in set(Channel) else words.contact


def _brief(decision: Decision, words: Words) -> str:
    """The ground, or the first reason against it; with the day if the deciding event is its own."""
    key = decision.ground if decision else telling(decision.codes)
    reason = words.grounds[key] if isinstance(key, Ground) else words.codes[key]
    if key not in words.dated or decision.decisive_at is None:
        return reason.brief
    return words.since.format(reason=reason.brief, date=_day(decision.decisive_at, words))


def telling(codes: tuple[Code, ...]) -> Code:
    """The code that says most: that there is no consent says little if one is known and there is
    something wrong with it."""
    if codes[0] is not Code.CONSENT_MISSING:
        return codes[0]
    return next((code for code in codes if code not in _GENERAL), codes[0])


def _day(moment: datetime, words: Words) -> str:
    return moment.astimezone(SHOWN_IN).strftime(words.date)


def _law(decision: Decision, language: str) -> str:
    law = next((each.law for each in decision.checked if each.rule == decision.rule), "")
    return law_in(law, language)


def law_in(law: str, language: str) -> str:
    """A reference to the law as the language writes it."""
    return _in_english(law) if _is_english(language) else law


def _in_english(law: str) -> str:
    """``Art. 6 Abs. 1 lit. a DSGVO`` as ``Art. 6(1)(a) GDPR``."""
    law = re.sub(r" (?:Abs\.|lit\.) (\w+)", r"(\1)", law)
    return law.replace("Nr.", "no.").replace("DSGVO", "GDPR")
