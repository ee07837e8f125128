"""Words for the items of a notice, in full and to be spoken, in each language."""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from consent.notices.rules import contents, items, words_de, words_en, words_plain
from consent.notices.rules.facts import Configuration, Period, Recipient

WORDS: Mapping[str, ModuleType] = {"de": words_de, "en": words_en, "plain": words_plain}


def title(item: str, language: str) -> str:
    """The heading of an item."""
    return str(WORDS[language].TITLES[items.topic(item)])


def purpose(code: str, language: str) -> str:
    """What a purpose is called."""
    return str(WORDS[language].PURPOSES[code])


def reason(code: str, language: str) -> str:
    """Why an item does not apply."""
    return str(WORDS[language].REASONS[code])


def in_full(item: str, given: Configuration, language: str) -> str:
    """The item as it stands in the full text."""
    words = WORDS[language]
    return _filled(words.TEXTS[items.topic(item)], given, words)


def spoken(item: str, given: Configuration, language: str) -> str:
    """The item as it is said on the phone."""
    words = WORDS[language]
    return _filled(words.SPOKEN[items.topic(item)], given, words)


def joined(parts: Iterable[str], last: str) -> str:
    """``a, b und c``."""
    *first, end = [part for part in parts if part] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end


def _filled(template: str, given: Configuration, words: Any) -> str:
    return " ".join(str(template).format_map(_Values(given, words)).split())


class _Values(dict[str, str]):
    """What the templates name, made when it is asked for."""

    def __init__(self, given: Configuration, words: Any) -> None:
        super().__init__()
        self.given, self.words = given, words

    def __missing__(self, name: str) -> str:
        return str(getattr(self, f"_{name}")())

    def _name(self) -> str:
        return self.given.controller.name

    def _address(self) -> str:
        who = self.given.controller
        return ", ".join(filter(None, (who.street, f"{who.postal_code} {who.city}".strip())))

    def _city(self) -> str:
        city = self.given.controller.city
        return str(self.words.IN_CITY.format(city=city)) if city else ""

    def _representative(self) -> str:
        who = self.given.controller.representative
        return str(self.words.REPRESENTATIVE.format(representative=who)) if who else ""

    def _contact(self) -> str:
        who = self.given.controller
        ways = (
            self.words.BY_EMAIL.format(email=who.email) if who.email else "",
            self.words.BY_PHONE.format(phone=who.phone) if who.phone else "",
        )
        return joined(ways, self.words.OR)

    def _officer(self) -> str:
        return self.given.controller.officer or str(self.words.OFFICER)

    def _officer_contact(self) -> str:
        return self.given.controller.officer_contact

    def _aim(self) -> str:
        return str(self.words.AIMS[self.given.purpose])

    def _short_aim(self) -> str:
        return str(self.words.SHORT_AIMS[self.given.purpose])

    def _asked(self) -> str:
        return str(self.words.ASKED[self.given.purpose])

    def _bases(self) -> str:
        return "; ".join(self.words.BASES[each] for each in self.given.legal_bases)

    def _interests(self) -> str:
        found = [self.words.INTERESTS[each] for each in self.given.interests]
        return joined(found, self.words.AND)

    def _recipients(self) -> str:
        return "; ".join(
            f"{each.name} ({self.words.CATEGORIES[each.category]})"
            for each in self.given.recipients
        )

    def _recipient_kinds(self) -> str:
        return ", ".join(self._recipient_kind(each) for each in self.given.recipients)

    def _recipient_kind(self, recipient: Recipient) -> str:
        return f"{recipient.name} ({self.words.CATEGORIES[recipient.category]})"

    def _transfers(self) -> str:
        return " ".join(self._transfer(each) for each in self.given.abroad)

    def _transfer(self, recipient: Recipient) -> str:
        copy = self.words.COPY_AT if recipient.copy_at else self.words.COPY_FROM_US
        has_copy = recipient.safeguard in ("clauses", "corporate_rules")
        return str(
            self.words.TRANSFER.format(
                name=recipient.name,
                category=self.words.CATEGORIES[recipient.category],
                country=self._country(recipient.country),
                safeguard=self.words.SAFEGUARDS.get(recipient.safeguard, ""),
                copy=copy.format(copy_at=recipient.copy_at) if has_copy else "",
            )
        )

    def _abroad(self) -> str:
        return " ".join(self._one_abroad(each) for each in self.given.abroad)

    def _one_abroad(self, recipient: Recipient) -> str:
        is_calendar = recipient.category == "calendar"
        template = self.words.ABROAD_CALENDAR if is_calendar else self.words.ABROAD
        category = self.words.CATEGORIES[recipient.category]
        return str(template.format(category=category, country=self._country(recipient.country)))

    def _country(self, code: str) -> str:
        known: Mapping[str, str] = self.words.COUNTRIES
        return known.get(code) or str(self.words.ELSEWHERE.format(code=code))

    def _periods(self) -> str:
        return "; ".join(self._period(each) for each in self.given.periods)

    def _period(self, period: Period) -> str:
        kind, start = self.words.KEPT[period.kind], self.words.STARTS[period.start]
        if not period.months:
            return str(self.words.UNTIL.format(kind=kind, start=start))
        years, months = divmod(period.months, 12)
        one, many = self.words.MONTHS if months else self.words.YEARS
        number = period.months if months else years
        length = one if number == 1 else many.format(n=number)
        return str(self.words.PERIOD.format(kind=kind, length=length, start=start))

    def _rights(self) -> str:
        found = [self.words.RIGHTS[each] for each in contents.rights_of(self.given)]
        is_sentences = found[0].endswith("?")
        return " ".join(found) if is_sentences else joined(found, self.words.AND)

    def _authority(self) -> str:
        authority = self.given.controller.authority
        return str(self.words.AUTHORITY.format(authority=authority)) if authority else ""

    def _obligation(self) -> str:
        return str(self.words.OBLIGATIONS.get(self.given.obligation, ""))

    def _without(self) -> str:
        return str(self.words.WITHOUT[self.given.purpose])

    def _logic(self) -> str:
        return self.given.logic.get(self._language(), "")

    def _consequences(self) -> str:
        return self.given.consequences.get(self._language(), "")

    def _language(self) -> str:
        return next(code for code, words in WORDS.items() if words is self.words)

    def _data(self) -> str:
        return ", ".join(self.words.DATA[each] for each in self.given.data)

    def _sources(self) -> str:
        return joined([self.words.SOURCES[each] for each in self.given.sources], self.words.OR)

    def _marketing(self) -> str:
        return str(self.words.MARKETING) if self.given.is_marketing else ""
