"""From the configuration to the items of a notice: facts, a reason why not, or what is lacking."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from consent.notices.rules import completeness, hashing, items
from consent.notices.rules.completeness import Conditions
from consent.notices.rules.facts import LANGUAGES, Configuration, Recipient

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One item. ``reason`` is a code why it does not apply, ``gap`` one of what is lacking."""

    item: str
    facts: Facts | None = None
    reason: str = ""
    gap: str = ""
    is_surprising: bool = False

    @property
    def material_hash(self) -> str:
        """What tells it from another version of itself; empty if there is nothing to tell."""
        return hashing.material_hash(self.facts) if self.facts is not None else ""


def conditions_of(given: Configuration) -> Conditions:
    """What the configuration makes mandatory."""
    return Conditions(
        article=given.article,
        legal_bases=frozenset(given.legal_bases),
        has_officer=given.controller.has_officer,
        has_recipients=bool(given.recipients or given.unnamed),
        has_transfer=bool(given.abroad),
        has_automated=given.is_automated,
        is_marketing=given.is_marketing,
        objection_is_separate=True,
    )


def contents_of(given: Configuration) -> tuple[Content, ...]:
    """All items of the article in the order of the law, and the right to object where it is due."""
    found = [_content(item, given) for item in items.of(given.article)]
    if conditions_of(given).needs_objection:
        facts = {"marketing": given.is_marketing, "bases": list(given.legal_bases)}
        found.append(Content(item=items.OBJECTION, facts=facts))
    return tuple(found)


def _content(item: str, given: Configuration) -> Content:
    facts, reason, gap = _READERS[items.topic(item)](given)
    return Content(
        item=item,
        facts=facts if not gap else None,
        reason=reason,
        gap=gap,
        is_surprising=facts is not None and not gap and _surprises(items.topic(item), given),
    )


def _surprises(topic: str, given: Configuration) -> bool:
    return {
        "13.1.e": any(each.is_surprising and not each.is_abroad for each in given.recipients),
        "13.1.f": True,
        "13.2.f": True,
        items.SOURCE: True,
    }.get(topic, False)


Read = tuple[Facts | None, str, str]
"""Facts, why not, what is lacking."""


def _controller(given: Configuration) -> Read:
    who = given.controller
    facts = {
        "name": who.name,
        "address": [who.street, who.postal_code, who.city],
        "contact": [who.email, who.phone],
        "representative": who.representative,
    }
    if not who.name.strip():
        return facts, "", "name"
    if not (who.street.strip() and who.postal_code.strip() and who.city.strip()):
        return facts, "", "address"
    return facts, "", "" if who.email.strip() or who.phone.strip() else "contact"


def _officer(given: Configuration) -> Read:
    who = given.controller
    if not who.has_officer:
        return None, "no_officer", ""
    facts = {"name": who.officer, "contact": who.officer_contact}
    return facts, "", "" if who.officer_contact.strip() else "officer_contact"


def _purpose(given: Configuration) -> Read:
    facts = {"purpose": given.purpose, "bases": list(given.legal_bases)}
    return facts, "", "" if given.legal_bases else "legal_basis"


def _interests(given: Configuration) -> Read:
    if "6.1.f" not in given.legal_bases:
        return None, "no_interests", ""
    return {"interests": list(given.interests)}, "", "" if given.interests else "interests"


def _recipients(given: Configuration) -> Read:
    if given.unnamed:
        return {}, "", "integration"
    if not given.recipients:
        return None, "no_recipients", ""
    facts = {"recipients": [{"id": r.id, "category": r.category} for r in given.recipients]}
    return facts, "", "" if all(r.name.strip() for r in given.recipients) else "recipient_name"


def _transfers(given: Configuration) -> Read:
    if not given.abroad:
        return None, "no_transfer", ""
    facts = {"transfers": [_transfer(each) for each in given.abroad]}
    return facts, "", "" if all(each.safeguard for each in given.abroad) else "safeguard"


def _transfer(recipient: Recipient) -> dict[str, str]:
    return {
        "id": recipient.id,
        "country": recipient.country,
        "safeguard": recipient.safeguard,
        "copy": recipient.copy_at,
    }


def _periods(given: Configuration) -> Read:
    facts = {"periods": [[p.kind, p.months, p.start] for p in given.periods]}
    return facts, "", "" if given.periods else "period"


def _rights(given: Configuration) -> Read:
    return {"rights": list(rights_of(given))}, "", ""


def rights_of(given: Configuration) -> tuple[str, ...]:
    """The rights that a person has, given the legal bases."""
    rights = ["access", "rectification", "erasure", "restriction"]
    if {"6.1.a", "6.1.b"} & set(given.legal_bases):
        rights.append("portability")
    if conditions_of(given).needs_objection:
        rights.append("objection")
    return tuple(rights)


def _withdrawal(given: Configuration) -> Read:
    if not completeness.CONSENT & set(given.legal_bases):
        return None, "no_consent", ""
    return {"withdrawal": [given.controller.email, given.controller.phone]}, "", ""


def _complaint(given: Configuration) -> Read:
    return {"authority": given.controller.authority}, "", ""


def _obligation(given: Configuration) -> Read:
    facts = {"obligation": given.obligation, "purpose": given.purpose}
    return facts, "", "" if given.obligation else "obligation"


def _automated(given: Configuration) -> Read:
    if not given.is_automated:
        return None, "no_automated", ""
    texts = {"logic": dict(given.logic), "consequences": dict(given.consequences)}
    told = all(text.get(lang, "").strip() for text in texts.values() for lang in LANGUAGES)
    return texts, "", "" if told else "logic"


def _categories(given: Configuration) -> Read:
    return {"data": list(given.data)}, "", "" if given.data else "data"


def _sources(given: Configuration) -> Read:
    return {"sources": list(given.sources)}, "", "" if given.sources else "source"


_READERS: Mapping[str, Callable[[Configuration], Read]] = {
    "13.1.a": _controller,
    "13.1.b": _officer,
    "13.1.c": _purpose,
    "13.1.d": _interests,
    "13.1.e": _recipients,
    "13.1.f": _transfers,
    "13.2.a": _periods,
    "13.2.b": _rights,
    "13.2.c": _withdrawal,
    "13.2.d": _complaint,
    "13.2.e": _obligation,
    "13.2.f": _automated,
    items.CATEGORIES: _categories,
    items.SOURCE: _sources,
}
