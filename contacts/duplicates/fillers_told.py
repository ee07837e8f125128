"""Fillers as people read them: 01.01.1900, info@firma.example, +49 431 100."""

from typing import Any

from django.db.models import Count

from contacts.matching.frequencies import Fillers
from contacts.matching.mailboxes import mailbox
from contacts.matching.normalise import phone_text
from contacts.matching.store import dictionary
from contacts.models import ContactPoint, ContactPointKind

_LOOK_AT = 50


def told(fillers: Fillers, kind: str) -> list[dict[str, Any]]:
    """Kind, text and number of holders of each filler, the most frequent first."""
    found = [
        {"kind": "birth", "text": f"{day % 100:02}.{day // 100 % 100:02}.{day // 10000}", "held": n}
        for day, n in fillers.births.items()
    ]
    found += [
        {"kind": "phone", "text": phone_text(f"+{number}"), "held": n}
        for number, n in fillers.phones.items()
    ]
    found += _mails(fillers)
    texts = dictionary.by_number(pk for pair in fillers.names for pk in pair)
    for (given, surname), n in fillers.names.items():
        both = [texts[pk][0] for pk in (given, surname) if pk in texts]
        found.append({"kind": "name", "text": " ".join(both).title(), "held": n})
    return sorted(found, key=lambda each: (-int(each["held"]), str(each["text"])))


def _mails(fillers: Fillers) -> list[dict[str, Any]]:
    """The mailboxes behind the hashes: those that most records hold are looked through."""
    if not fillers.mails:
        return []
    held = (
        ContactPoint.objects.filter(kind=ContactPointKind.EMAIL)
        .annotate(holds=Count("holders"))
        .order_by("-holds")
        .values_list("normalised", flat=True)[: len(fillers.mails) + _LOOK_AT]
    )
    texts = {mailbox(text, "", "").whole: text for text in held}
    return [
        {"kind": "mail", "text": texts.get(value, "?"), "held": n}
        for value, n in fillers.mails.items()
    ]
