"""The person of a slip, with the contact points that it names."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import DataError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts import contact_points, persons
from contacts.models import ContactPointKind
from crm.accounts import policy
from crm.accounts.models import Team, User
from crm.kernel import errors
from history.fairs.slips import LABELS, short
from history.models import LeadCapture

POINTS: Final = (
    ("email", ContactPointKind.EMAIL),
    ("phone", ContactPointKind.PHONE),
    ("mobile", ContactPointKind.MOBILE),
)
"""The fields that become contact points, with the kind that each has unless its value says more."""
_NAMES: Final = ("salutation", "title", "given_name", "particle", "surname")


def person(
    *,
    actor: User,
    lead: LeadCapture,
    before: Mapping[str, Any],
    problems: list[str],
    at: datetime,
) -> None:
    """Create the person, or give it the name that the slip has now.

    A person that somebody renamed, or that went into a known one, keeps its name.
    """
    if not lead.name:
        if lead.person_id is None:
            problems.append(
                _("Es fehlt ein Name. Ergänzen Sie ihn, damit ein Ansprechpartner entsteht.")
            )
        return
    names = persons.parts_of_name(lead.name)
    if lead.person is None:
        owner, team = _belonging(actor, lead)
        lead.person = persons.create(
            actor=actor, values=names, source=lead.event.source, owner=owner, team=team,
            confirmed_on=_told_on(lead), at=at,
        )  # fmt: skip
    elif before.get("name") and before["name"] != lead.name:
        _rename(actor, lead, str(before["name"]), names, at)


def contact_points_of(lead: LeadCapture) -> Iterator[tuple[str, contact_points.Reading]]:
    """The fields of the slip that can be read as contact points, each with its reading."""
    for name, kind in POINTS:
        value = getattr(lead, name)
        try:
            if value:
                yield name, contact_points.read(kind=kind, value=value)
        except errors.Invalid:
            continue


def contact_points_added(
    *, actor: User, lead: LeadCapture, before: Mapping[str, Any], at: datetime
) -> list[str]:
    """Give the person the contact points of the slip; gives what could not be read or added.

    One that the slip named before, and that came from this fair alone, is taken away if nobody
    allowed anything for it.
    """
    assert lead.person is not None
    problems: list[str] = []
    for name, kind in POINTS:
        value, former = getattr(lead, name), before.get(name, "")
        try:
            with transaction.atomic():
                if former and former != value:
                    problems += _take_away(actor, lead, kind, former, at)
                if value:
                    _add(actor, lead, kind, value, at)
        except errors.DomainError as refusal:
            problems.append(f"{LABELS[name]} „{short(value)}“: {refusal}")
        except DataError:
            problems.append(_("„%(value)s“ ist zu lang.") % {"value": short(value)})
    return problems


def _rename(
    actor: User, lead: LeadCapture, former: str, names: dict[str, Any], at: datetime
) -> None:
    known = lead.person
    assert known is not None
    try:
        was = persons.parts_of_name(former)
    except errors.Invalid:
        was = {}
    if {each: getattr(known, each) for each in _NAMES} == names:
        return
    if {each: getattr(known, each) for each in _NAMES} != was:
        sentence = _("Der Ansprechpartner heißt „%(name)s“ und behält diesen Namen.")
        raise errors.Conflict(sentence % {"name": known.full_name})
    lead.person = persons.update(
        actor=actor, person=known, values=names, source=lead.event.source,
        confirmed_on=_told_on(lead), at=at,
    )  # fmt: skip


def _belonging(actor: User, lead: LeadCapture) -> tuple[User | None, Team | None]:
    """Whoever captured it keeps the person; where the actor may not assign, the actor does."""
    keeper = lead.captured_by
    may_assign = policy.may(actor, policy.Permission.CONTACTS_ASSIGN)
    if keeper.pk == actor.pk or not keeper.is_active or not may_assign:
        return None, None
    return keeper, keeper.teams.order_by("pk").first()


def _add(actor: User, lead: LeadCapture, kind: str, value: str, at: datetime) -> None:
    assert lead.person is not None
    contact_points.held_or_added(
        actor=actor, record=lead.person, kind=kind, value=value, source=lead.event.source,
        confirmed_on=_told_on(lead), at=at,
    )  # fmt: skip


def _take_away(actor: User, lead: LeadCapture, kind: str, former: str, at: datetime) -> list[str]:
    assert lead.person is not None
    try:
        reading = contact_points.read(kind=kind, value=former)
    except errors.Invalid:
        return []
    own = contact_points.holder_of(lead.person, reading)
    still = {(each.kind, each.normalised) for _name, each in contact_points_of(lead)}
    if own is None or own.source_id != lead.event.source_id:
        return []
    if (reading.kind, reading.normalised) in still:
        return []
    if lead.opt_ins.exclude(recorded=None).exists():
        sentence = _("„%(value)s“ bleibt beim Ansprechpartner: dazu ist eine Antwort erfasst.")
        return [sentence % {"value": reading.display}]
    contact_points.remove(actor=actor, holder=own, at=at)
    return []


def _told_on(lead: LeadCapture) -> date:
    """The person said it at the stand, so that it was right on that day."""
    return timezone.localdate(lead.captured_at)
