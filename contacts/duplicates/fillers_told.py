"""Fillers as people read them: 01.01.1900, info@firma.example, +49 431 100."""

from typing import Any

import numpy as np

from contacts.matching.frequencies import Fillers, among
from contacts.matching.mailboxes import mailbox
from contacts.matching.normalise import phone_text
from contacts.matching.store import dictionary
from contacts.matching.workspace import Workspace
from contacts.models import ContactPoint, ContactPointKind


def told(space: Workspace, kind: str) -> list[dict[str, Any]]:
    """Kind, text and number of holders of each filler, the most frequent first."""
    fillers = space.fillers
    found = [
        {"kind": "birth", "text": f"{day % 100:02}.{day // 100 % 100:02}.{day // 10000}", "held": n}
        for day, n in fillers.births.items()
    ]
    found += [
        {"kind": "phone", "text": phone_text(f"+{number}"), "held": n}
        for number, n in fillers.phones.items()
    ]
    found += _mails(fillers, space, kind)
    texts = dictionary.by_number(pk for pair in fillers.names for pk in pair)
    for (given, surname), n in fillers.names.items():
        both = [texts[pk][0] for pk in (given, surname) if pk in texts]
        found.append({"kind": "name", "text": " ".join(both).title(), "held": n})
    return sorted(found, key=lambda each: (-int(each["held"]), str(each["text"])))


def _mails(fillers: Fillers, space: Workspace, kind: str) -> list[dict[str, Any]]:
    """The mailboxes behind the hashes, as one record that holds each has them written."""
    if not fillers.mails:
        return []
    held = space.raw["mail"]
    places = np.flatnonzero(among(held, list(fillers.mails)))
    _values, first = np.unique(held.ravel()[places], return_index=True)
    records = space.raw["id"][places[first] // held.shape[1]]
    addresses = ContactPoint.objects.filter(
        kind=ContactPointKind.EMAIL, **{f"holders__{kind.lower()}__in": records.tolist()}
    )
    texts = {
        mailbox(text, "", "").whole: text for text in addresses.values_list("normalised", flat=True)
    }
    return [
        {"kind": "mail", "text": texts.get(value, "?"), "held": n}
        for value, n in fillers.mails.items()
    ]
