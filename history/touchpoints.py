"""Contacts: every change is one function here. What is recorded stays; corrections follow it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from consent import gate
from consent.models import ContactDecision
from contacts import contact_points
from contacts.models import Company, ContactPoint, ContactPointKind
from crm.accounts.models import Team, User
from crm.kernel import audit, errors
from history import attachments, bodies, checks
from history.attachments import Upload
from history.channels import TRAITS, Direction
from history.checks import Takes
from history.models import (
    Category,
    Opportunity,
    Outcome,
    ParticipantRole,
    Participation,
    Touchpoint,
)

MOST_PARTICIPANTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When a contact was queued, offered to somebody, answered, over, and wrapped up."""

    queued_at: datetime | None = None
    offered_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    wrapped_up_at: datetime | None = None


@transaction.atomic
def record(
    *,
    actor: User | None,
    channel: str,
    happened_at: datetime,
    at: datetime,
    direction: str = Direction.NONE,
    persons: Takes = (),
    companies: Sequence[Company] = (),
    opportunities: Sequence[Opportunity] = (),
    contact_point: ContactPoint | None = None,
    contact_value: str = "",
    subject: str = "",
    body: str = "",
    html: str = "",
    outcome: str = Outcome.NONE,
    category: Category | None = None,
    times: Times | None = None,
    agent: User | None = None,
    team: Team | None = None,
    thread: UUID | None = None,
    case: str = "",
    system: str = "",
    external_id: str = "",
    decision: ContactDecision | None = None,
    files: Sequence[Upload] = (),
) -> Touchpoint:
    """Write down that a contact happened.

    ``persons`` come with their :class:`ParticipantRole`. Without anybody the contact hangs on the
    number or address ``contact_value`` (or ``contact_point``) and stands in the line of whoever
    holds that. ``html`` is a body with mark-up: its text is kept as ``body``, itself as a file.
    A contact that came with this ``external_id`` of ``system`` before is returned as it is. With
    ``decision`` of the gate the use of what it rests on is recorded in the ledger.

    :raises errors.NotPermitted: the role may not record contacts
    :raises errors.NotFound: one of those concerned may not be seen
    :raises errors.Invalid: a value is wrong, or the contact concerns nobody
    :raises consent.gate.NotUsable: the decision is too old, or was used
    """
    if known := _known(system, external_id):
        return known
    checks.require_recordable(actor, persons, companies, opportunities)
    if html:
        body, files = bodies.text_of(html) or body, (*files, bodies.as_file(html))
    point, value = _point_of(channel, contact_point, contact_value)
    if not (persons or companies or opportunities or point):
        raise errors.Invalid(
            {"persons": [_("Bitte sagen Sie, mit wem oder über welche Nummer oder Adresse.")]}
        )
    used = None
    if decision is not None:
        used = gate.use(actor=actor, decision=decision, reference=external_id or subject, at=at)
    touchpoint = Touchpoint(
        channel=channel,
        direction=direction,
        subject=subject.strip(),
        body=body.strip(),
        outcome=outcome,
        category=category,
        happened_at=happened_at,
        recorded_at=at,
        agent=agent or actor,
        team=team or _team_of(agent or actor),
        recorded_by=actor,
        contact_point=point,
        contact_value=value,
        thread=thread,
        case=case.strip(),
        system=system,
        external_id=external_id,
        decision=decision,
        consent_use=used.public_id if used else None,
        **asdict(times or Times()),
    )
    checks.require_sound(touchpoint, has_files=bool(files))
    return _saved(touchpoint, persons, companies, opportunities, files, actor=actor, at=at)


@transaction.atomic
def assign(
    *, actor: User, touchpoint: Touchpoint, opportunity: Opportunity, at: datetime
) -> Participation:
    """Let a contact stand in the line of a deal, too; once is enough.

    :raises errors.NotFound: the actor may not see the deal
    """
    checks.require_recordable(actor, (), (), (opportunity,))
    row, is_new = Participation.objects.get_or_create(
        touchpoint=touchpoint,
        opportunity=opportunity,
        defaults=repeated(touchpoint) | {"role": ParticipantRole.ABOUT},
    )
    if is_new:
        changes: audit.Changes = {"opportunity": ["", str(opportunity)]}
        audit.record(
            actor=actor, action="touchpoint.assigned", at=at, target=touchpoint, changes=changes
        )
    return row


@transaction.atomic
def unassign(
    *, actor: User, touchpoint: Touchpoint, opportunity: Opportunity, at: datetime
) -> None:
    """Take a contact out of the line of a deal."""
    checks.require_recordable(actor, (), (), (opportunity,))
    rows = Participation.objects.filter(touchpoint=touchpoint, opportunity=opportunity)
    if rows.delete()[0]:
        changes: audit.Changes = {"opportunity": [str(opportunity), ""]}
        audit.record(
            actor=actor, action="touchpoint.unassigned", at=at, target=touchpoint, changes=changes
        )


def _known(system: str, external_id: str) -> Touchpoint | None:
    if not external_id:
        return None
    return Touchpoint.objects.filter(system=system, external_id=external_id).first()


def _point_of(
    channel: str, point: ContactPoint | None, value: str
) -> tuple[ContactPoint | None, str]:
    """The row of a number or address, made if there is none; what cannot be read stays as text."""
    value = value.strip()
    if point is not None or not value or channel not in TRAITS:
        return point, value or (point.display if point else "")
    kinds = TRAITS[channel].kinds
    for kind in kinds if ContactPointKind.POSTAL not in kinds else ():
        try:
            reading = contact_points.read(kind=kind, value=value)
        except errors.Invalid:
            continue
        found, _created = ContactPoint.objects.get_or_create(
            kind=reading.kind,
            normalised=reading.normalised,
            defaults={"display": reading.display},
        )
        return found, value
    return None, value


def _team_of(user: User | None) -> Team | None:
    return user.teams.order_by("pk").first() if user else None


def _saved(
    touchpoint: Touchpoint,
    persons: Takes,
    companies: Sequence[Company],
    opportunities: Sequence[Opportunity],
    files: Sequence[Upload],
    *,
    actor: User | None,
    at: datetime,
) -> Touchpoint:
    try:
        with transaction.atomic():
            touchpoint.save()
    except IntegrityError:  # somebody else took in the same contact at the same moment
        if known := _known(touchpoint.system, touchpoint.external_id):
            return known
        raise
    same = repeated(touchpoint)
    rows = [
        *(Participation(person=person, **(same | {"role": role})) for person, role in persons),
        *(Participation(company=company, **same) for company in companies),
        *(
            Participation(opportunity=deal, **(same | {"role": ParticipantRole.ABOUT}))
            for deal in opportunities
        ),
    ]
    if not persons and not companies and touchpoint.contact_point:
        rows.append(Participation(contact_point=touchpoint.contact_point, **same))
    if len(rows) > MOST_PARTICIPANTS:
        limit = {"count": len(rows), "most": MOST_PARTICIPANTS}
        sentence = _("%(count)d Beteiligte sind zu viele, möglich sind %(most)d.") % limit
        raise errors.Invalid({"persons": [sentence]})
    Participation.objects.bulk_create(rows)
    attachments.attach(touchpoint=touchpoint, files=files, at=at)
    audit.record(actor=actor, action="touchpoint.recorded", at=at, target=touchpoint)
    return touchpoint


def repeated(touchpoint: Touchpoint) -> dict[str, Any]:
    """The columns of a participation that repeat the contact's own."""
    return {
        "touchpoint": touchpoint,
        "role": ParticipantRole.PARTNER,
        "happened_at": touchpoint.happened_at,
        "channel": touchpoint.channel,
        "direction": touchpoint.direction,
        "agent_id": touchpoint.agent_id,
        "category_id": touchpoint.category_id,
    }
