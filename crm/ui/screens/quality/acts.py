"""What was settled on a day: words, signs and addresses of the acts."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from contacts.duplicates import settlements
from contacts.duplicates.settlements import Act, Settled
from crm.accounts.models import User

INSTALLATION: Final = "installation"


@dataclass(frozen=True, slots=True)
class Word:
    """An act in a heading with its sign."""

    label: str | Promise
    icon: str


WORDS: Final = {
    Act.MERGED: Word(_("zusammengeführt"), "merge"),
    Act.SAME: Word(_("dieselben"), "check"),
    Act.DIFFERENT: Word(_("verschieden"), "close"),
    Act.UNDONE: Word(_("zurückgenommen"), "undo"),
}


def board(settled: Settled, *, user: User) -> dict[str, Any]:
    """The numbers of a day, and those of each user if others may be known of."""
    lines = [
        {"act": act, "word": WORDS[act], "count": count, "url": url(act, settled.day)}
        for act, count in settled.counts.items()
    ]
    shares = settled.shares if settlements.sees_others(user) else []
    return {
        "total": settled.total,
        "lines": lines,
        "shares": [
            {
                "user": share.user,
                "cells": [
                    {"word": WORDS[act], "count": count, "url": url(act, settled.day, share.user)}
                    for act, count in share.counts.items()
                ],
            }
            for share in shares
        ],
    }


def url(act: Act, day: date, *who: User | None) -> str:
    """The list of what was settled on a day, by everybody or by one (None: the installation)."""
    asked = {"what": act.value, "day": day.isoformat()}
    if who:
        asked["by"] = str(who[0].public_id) if who[0] else INSTALLATION
    return f"{reverse('quality-settled')}?{urlencode(asked)}"
