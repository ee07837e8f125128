"""What a slip suggests for the opportunity: nothing is written, everything may be changed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.translation import gettext as _

from history.fairs.forms import Asks, Chip, Form
from history.models import BuyingRole, LeadCapture

NO_RIVAL: Final = ("none", "others")
"""Chips of ``COMPETITOR`` that name nobody: only we are asked, or it was not said who else."""
LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """``volume`` in EUR; ``role`` is a :class:`BuyingRole` or ``""``; empty is unknown."""

    title: str
    need: str
    situation: str
    volume: Decimal | None
    realisation_on: date | None
    role: str
    competitors: tuple[str, ...]


def proposal(lead: LeadCapture) -> Proposal:
    """What the chips and words of the slip mean for an opportunity."""
    form = Form.read(lead.event.form)
    chosen = form.chosen(lead.answers)
    return Proposal(
        title=_title(lead),
        need=lead.need,
        situation="\n".join(filter(None, (lead.note, *_others(form, lead)))),
        volume=_volume(chosen.get(Asks.VOLUME, [])),
        realisation_on=_realisation(chosen.get(Asks.HORIZON, []), lead),
        role=_role(chosen.get(Asks.AUTHORITY, [])),
        competitors=tuple(
            chip.label for chip in chosen.get(Asks.COMPETITOR, []) if chip.code not in NO_RIVAL
        ),
    )


def answers_in_words(lead: LeadCapture) -> list[tuple[str, list[str]]]:
    """Question and pressed chips; see :meth:`Form.in_words`."""
    return Form.read(lead.event.form).in_words(lead.answers)


def _title(lead: LeadCapture) -> str:
    first = lead.need.strip().splitlines()[0] if lead.need.strip() else ""
    if not first:
        who = lead.company_name or lead.name
        first = _("Anfrage %(who)s") % {"who": who} if who else lead.event.name
    return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 2].rstrip() + " …"


def _others(form: Form, lead: LeadCapture) -> list[str]:
    """What was answered and has no field of its own, as ``question: answers``."""
    told = []
    for question in form.questions:
        chips = [
            chip for chip in question.chips if chip.code in lead.answers.get(question.code, ())
        ]
        if question.asks == Asks.COMPETITOR:
            chips = [chip for chip in chips if chip.code in NO_RIVAL]
        elif question.asks in (Asks.VOLUME, Asks.HORIZON, Asks.AUTHORITY):
            chips = [chip for chip in chips if chip.value is None]
        if chips:
            told.append(f"{question.label}: {', '.join(chip.label for chip in chips)}")
    return told


def _volume(chips: list[Chip]) -> Decimal | None:
    values = [chip.value for chip in chips if isinstance(chip.value, int)]
    return Decimal(max(values)) if values else None


def _realisation(chips: list[Chip], lead: LeadCapture) -> date | None:
    values = [chip.value for chip in chips if isinstance(chip.value, int)]
    if not values:
        return None
    return timezone.localdate(lead.captured_at) + relativedelta(months=min(values))


def _role(chips: list[Chip]) -> str:
    values = [str(chip.value) for chip in chips if chip.value in BuyingRole.values]
    return values[0] if values else ""
