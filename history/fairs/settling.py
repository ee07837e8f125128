"""What a slip becomes at once: a person, their line, what they allowed, what comes next.

A slip with a name becomes a person of its own, whoever it looks like: who it really is, is decided
afterwards, by merging. Every step may be done again and makes nothing twice. What cannot be done
for what the slip says is told in ``lead.problems`` and never stops the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import DataError, transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.kernel import errors
from history import attachments
from history.fairs import answering, becoming, following, telling
from history.models import LeadCapture, LeadState

MOST_PROBLEMS = 50


def settle(
    *,
    actor: User,
    lead: LeadCapture,
    before: Mapping[str, Any],
    told: Sequence[str] = (),
    at: datetime,
) -> LeadCapture:
    """Let the lead become what its fields say; ``lead`` is locked and saved here.

    ``before`` are its fields as they were (:func:`history.fairs.capturing.values_of`, empty for a
    new one): what somebody changed by hand in the meantime is left alone. ``told`` are problems
    that were found before.
    """
    problems = list(told)
    with _noting(problems):
        becoming.person(actor=actor, lead=lead, before=before, problems=problems, at=at)
    if lead.person is not None:
        problems += becoming.contact_points_added(actor=actor, lead=lead, before=before, at=at)
        if lead.state != LeadState.ANNOUNCED:
            _with_person(actor, lead, before, problems, at)
    lead.problems = list(dict.fromkeys(each[:500] for each in problems))[:MOST_PROBLEMS]
    lead.save()
    return lead


def attach(*, lead: LeadCapture) -> None:
    """Hang the files that are whole on the contact of the lead, if there is one by now."""
    _hang_on(LeadCapture.objects.select_for_update(of=("self",)).get(pk=lead.pk))


def _with_person(
    actor: User, lead: LeadCapture, before: Mapping[str, Any], problems: list[str], at: datetime
) -> None:
    with _noting(problems):
        telling.contact(actor=actor, lead=lead, at=at)
    _hang_on(lead)
    with _noting(problems):
        problems += answering.record(actor=actor, lead=lead, at=at)
    with _noting(problems):
        following.plan(actor=actor, lead=lead, before=before, at=at)


def _hang_on(lead: LeadCapture) -> None:
    files = lead.files.select_related("stored")
    whole = [(file.stored, file.name) for file in files if file.stored is not None]
    if not whole or lead.touchpoint is None:
        return
    touchpoint = telling.latest(lead.touchpoint)
    for stored, name in whole:
        attachments.hang_on(touchpoint=touchpoint, stored=stored, name=name)


@contextmanager
def _noting(problems: list[str]) -> Iterator[None]:
    """Collect the refusal of one step, which leaves nothing half done."""
    try:
        with transaction.atomic():
            yield
    except errors.DomainError as refusal:
        problems.append(str(refusal))
    except DataError:
        problems.append(_("Eine Angabe ließ sich nicht übernehmen. Bitte prüfen Sie den Zettel."))
