"""What a visitor said to being contacted, in the ledger: for the contact points of the slip only.

Noted down by a colleague, a yes is proof of grade C. Without a contact point an answer waits on the
slip and is recorded once there is one. A yes that is taken back is withdrawn, never changed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from consent import capturing, channels, consents
from consent.capturing import Declared
from consent.facts import KINDS_OF_CHANNEL
from consent.models import ConsentText, EventKind, LedgerEvent, TextStatus
from consent.optin.requests import Wish
from contacts.models import ContactPoint, ContactPointHolder
from crm.accounts.models import User
from crm.kernel import errors
from history.fairs import becoming
from history.models import LeadCapture, LeadOptIn, OptInAnswer

METHOD: Final = "fair"
_KINDS: Final[Mapping[str, str]] = {
    OptInAnswer.YES: EventKind.GRANTED,
    OptInAnswer.NO: EventKind.REFUSED,
}


def record(*, actor: User, lead: LeadCapture, at: datetime) -> list[str]:
    """Record every answer that is not in the ledger as it stands; gives what could not be."""
    problems: list[str] = []
    rows = [
        row
        for row in lead.opt_ins.select_related("text__controller", "recorded")
        if _kind_of(row) != _KINDS.get(row.answer)
    ]
    if not rows:
        return problems
    points = _points(lead)
    wanted: dict[tuple[ConsentText, str, ContactPoint], list[LeadOptIn]] = {}
    for row in rows:
        _take_back(row, actor=actor, at=at)
        if row.answer not in _KINDS:
            continue
        if problem := _problem(row, lead, points):
            problems.append(problem)
            continue
        kinds = KINDS_OF_CHANNEL[row.channel]
        fitting = [each for each in points if each.kind in kinds]
        point = min(fitting, key=lambda each: kinds.index(each.kind))
        wanted.setdefault((row.text, row.answer, point), []).append(row)
    for (text, answer, point), asked in wanted.items():
        problems += _record(lead, text, answer, point, asked, actor=actor, at=at)
    return problems


def _kind_of(row: LeadOptIn) -> str | None:
    return row.recorded.kind if row.recorded else None


def _take_back(row: LeadOptIn, *, actor: User, at: datetime) -> None:
    """End a yes that is none any more; what was refused stays in the ledger as said."""
    if row.recorded is None:
        return
    if row.recorded.kind == EventKind.GRANTED:
        is_all = row.recorded.channels == [row.channel]
        consents.withdraw(
            actor=actor,
            consents=[row.recorded],
            received_at=at,
            channels=[] if is_all else [row.channel],
            via="in_person",
            at=at,
        )
    row.recorded = None
    row.save(update_fields=["recorded"])


def _problem(row: LeadOptIn, lead: LeadCapture, points: list[ContactPoint]) -> str:
    """Why an answer is not recorded."""
    words = {"channel": channels.label(row.channel), "text": str(row.text)}
    if row.channel not in row.text.channels:
        return (
            _("Der Text „%(text)s“ fragt nicht nach „%(channel)s“; die Antwort gilt nicht.") % words
        )
    if row.text.status == TextStatus.DRAFT:
        return _("Der Text „%(text)s“ ist ein Entwurf; die Antwort gilt nicht.") % words
    retired_at = row.text.retired_at
    if row.answer == OptInAnswer.YES and retired_at and retired_at < lead.captured_at:
        return (
            _("Der Text „%(text)s“ war schon zurückgezogen; das Ja zu „%(channel)s“ gilt nicht.")
            % words
        )
    if not any(channels.fits(row.channel, each.kind) for each in points):
        return (
            _(
                "Zu „%(channel)s“ fehlt die Adresse oder Nummer; die Antwort wird eingetragen, "
                "sobald sie auf dem Zettel steht."
            )
            % words
        )
    return ""


def _points(lead: LeadCapture) -> list[ContactPoint]:
    """Those of the slip that the person holds, in the order of the slip."""
    readings = [reading for _name, reading in becoming.contact_points_of(lead)]
    holders = ContactPointHolder.objects.filter(person=lead.person).select_related("contact_point")
    held = {(each.contact_point.kind, each.contact_point.normalised): each for each in holders}
    found = [held.get((each.kind, each.normalised)) for each in readings]
    return [each.contact_point for each in found if each is not None]


def _record(
    lead: LeadCapture,
    text: ConsentText,
    answer: str,
    point: ContactPoint,
    asked: list[LeadOptIn],
    *,
    actor: User,
    at: datetime,
) -> list[str]:
    assert lead.person is not None
    note = _("Am Stand der Messe „%(event)s“ gefragt, Leadzettel %(id)s.")
    declared = Declared(
        text=text,
        wishes=[Wish(point, sorted(row.channel for row in asked))],
        method=METHOD,
        declared_at=lead.captured_at,
        is_yes=answer == OptInAnswer.YES,
        note=note % {"event": lead.event.name, "id": lead.public_id},
    )
    try:
        (event,) = capturing.record(actor=actor, person=lead.person, declared=declared, at=at)
    except errors.DomainError as refusal:
        return [f"{text}: {refusal}"]
    _remember(asked, event)
    return []


def _remember(asked: list[LeadOptIn], event: LedgerEvent) -> None:
    for row in asked:
        row.recorded = event
    LeadOptIn.objects.bulk_update(asked, ["recorded"])
