"""What must hold before a contact is written: who may record it, and that it makes sense."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from contacts.models import Company, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import errors
from history.channels import Channel, Direction
from history.models import Opportunity, Outcome, Touchpoint

Takes = Sequence[tuple[Person, str]]


def require_recordable(
    actor: User | None,
    persons: Takes,
    companies: Iterable[Company],
    opportunities: Iterable[Opportunity],
) -> None:
    """Pass if the actor may record contacts and sees everybody concerned (None sees all).

    :raises errors.NotPermitted: the role may not
    :raises errors.NotFound: one of those concerned may not be seen
    """
    if actor is None:
        return
    policy.require(actor, policy.Permission.HISTORY_RECORD)
    for model, rows in (
        (Person, [person for person, _role in persons]),
        (Company, list(companies)),
        (Opportunity, list(opportunities)),
    ):
        numbers = {row.pk for row in rows}
        seen: Any = model.objects
        if numbers and seen.visible_to(actor).filter(pk__in=numbers).count() != len(numbers):
            raise errors.NotFound()


def require_sound(touchpoint: Touchpoint, *, has_files: bool = False) -> None:
    """Pass if the values of a contact go together.

    :raises errors.Invalid: with the sentences per field
    """
    problems: dict[str, list[str]] = {}
    if touchpoint.channel not in Channel.values:
        problems["channel"] = [_("Diesen Kanal gibt es nicht.")]
    if touchpoint.direction not in Direction.values:
        problems["direction"] = [_("Diese Richtung gibt es nicht.")]
    if touchpoint.outcome not in Outcome.values:
        problems["outcome"] = [_("Dieses Ergebnis gibt es nicht.")]
    if len(touchpoint.subject) > 300:
        problems["subject"] = [_("Höchstens 300 Zeichen; der Rest gehört in den Text.")]
    if touchpoint.happened_at > touchpoint.recorded_at:
        problems["happened_at"] = [
            _("Das liegt in der Zukunft. Was noch kommt, ist ein Termin oder eine Wiedervorlage.")
        ]
    if touchpoint.ended_at and touchpoint.ended_at < touchpoint.happened_at:
        problems["ended_at"] = [_("Das Ende liegt vor dem Beginn.")]
    is_empty = not (touchpoint.subject or touchpoint.body or has_files)
    if touchpoint.channel == Channel.NOTE and is_empty:
        problems["body"] = [_("Eine Notiz braucht einen Text.")]
    if problems:
        raise errors.Invalid(problems)
