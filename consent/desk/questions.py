"""The question box: on what basis did we contact this value at that time?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from consent import facts, gate, references, suppression
from consent.decision import Decision
from consent.decision.codes import Channel
from consent.desk import files, hindsight
from consent.desk.files import ConsentFile
from consent.models import ROOTS, ContactDecision, EventKind, LedgerEvent, PointReference, Subject
from contacts import contact_points
from contacts.models import ContactPoint, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import errors

NEAR = timedelta(hours=12)  # so far from the time asked about may the contact lie
MOST_PERSONS = 10
_KINDS = {
    Channel.EMAIL: "EMAIL",
    Channel.FAX: "FAX",
    Channel.MESSENGER: "MESSENGER",
    Channel.SOCIAL_DM: "SOCIAL",
}


class Unknown(errors.DomainError):
    """Neither the contacts nor the ledger know the value."""

    code = "value-unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to know. ``value`` is a number, an address or a name at a service."""

    value: str
    channel: str
    purpose: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """For one person who holds the contact point.

    ``then`` is the answer as known at the time, ``now`` as known today. ``use`` is the contact
    nearest to it, ``permit`` the decision that it was made on.
    """

    person: Person
    point: ContactPoint
    then: Decision
    now: Decision
    at: datetime
    use: LedgerEvent | None
    permit: ContactDecision | None
    decisive: LedgerEvent | None
    turning: LedgerEvent | None
    consents: tuple[ConsentFile, ...]

    @property
    def is_violation(self) -> bool:
        """Whether a contact was made that is not allowed as known today."""
        return self.use is not None and bool(self.then) and not self.now

    @property
    def file(self) -> ConsentFile | None:
        """The file of the consent that decided, else of the last one."""
        rests = self.decisive.public_id if self.decisive else None
        for file in self.consents:
            if rests in {event.public_id for event in file.events}:
                return file
        return self.consents[0] if self.consents else None


def ask(*, user: User, asked: Asked, now: datetime) -> list[Answer]:
    """Answer for everybody who holds the value, as far as the user may see them.

    :raises errors.NotPermitted: the role may not audit
    :raises errors.Invalid: the value cannot be read, or the time lies in the future
    :raises Unknown: nobody here has or had this value
    """
    policy.require(user, policy.Permission.CONSENT_AUDIT)
    if asked.at > now:
        raise errors.Invalid({"day": [_("Bitte nennen Sie einen vergangenen Zeitpunkt.")]})
    found = [
        (person, point)
        for point in points_of(asked.value, asked.channel)
        for person in holders_of(point, user=user)
    ]
    if not found:
        raise Unknown(_unknown(asked), field="value")
    return [_answer(person, point, asked) for person, point in found[:MOST_PERSONS]]


def points_of(value: str, channel: str) -> list[ContactPoint]:
    """The contact points with this value over which the channel goes.

    :raises errors.Invalid: it is no number or address (field ``value``)
    """
    kinds = facts.KINDS_OF_CHANNEL.get(channel)
    if kinds is None:
        raise errors.Invalid({"channel": [_("Unbekannt: %(value)s.") % {"value": channel}]})
    if channel == Channel.POST:
        rows = ContactPoint.objects.filter(kind="POSTAL", display__icontains=value.strip())
        return list(rows[:MOST_PERSONS])
    reading = contact_points.read(kind=_KINDS.get(Channel(channel), "PHONE"), value=value)
    return list(ContactPoint.objects.filter(kind__in=kinds, normalised=reading.normalised))


def holders_of(point: ContactPoint, *, user: User | None) -> list[Person]:
    """Persons who hold the contact point, or of whom the ledger tells with it (one query).

    Those whom the user may see, or without a user all of them.
    """
    refs = PointReference.objects.filter(contact_point=point).values("ref")
    told = LedgerEvent.objects.filter(point__in=refs).exclude(person=None).values("person")
    seen = Person.objects.all() if user is None else Person.objects.visible_to(user)
    rows = seen.filter(
        Q(contact_points__contact_point=point)
        | Q(addresses__contact_point=point)
        | Q(pk__in=Subject.objects.filter(ref__in=told).values("person"))
    )
    return list(rows.distinct().order_by("pk"))


def _answer(person: Person, point: ContactPoint, asked: Asked) -> Answer:
    refs = references.subjects_of([person.pk]).get(person.pk, [])
    reference = references.points_of([point.pk]).get(point.pk)
    use = _nearest(refs, reference, asked)
    permit = hindsight.permits_of([use]).get(use.details.get("decision", "")) if use else None
    at = use.effective_at if use else asked.at
    if use and permit:
        judged = hindsight.judge(use, permit)
        assert judged.then is not None
        assert judged.now is not None
        then, now = judged.then, judged.now
    else:
        then, now = (
            gate.may_contact(
                person=person,
                point=point,
                channel=asked.channel,
                purpose=asked.purpose,
                at=at,
                known_at=known_at,
            )
            for known_at in (at, None)
        )
    roots = LedgerEvent.objects.filter(person__in=refs, point=reference, kind__in=ROOTS)
    events = _events([then.decisive, now.decisive])
    return Answer(
        person=person,
        point=point,
        then=then,
        now=now,
        at=at,
        use=use,
        permit=permit,
        decisive=events.get(then.decisive),
        turning=events.get(now.decisive),
        consents=tuple(files.of(roots.filter(channels__contains=[asked.channel]).order_by("-seq"))),
    )


def _nearest(refs: list[UUID], reference: UUID | None, asked: Asked) -> LedgerEvent | None:
    """The contact over this point that lies nearest to the time."""
    uses = LedgerEvent.objects.filter(
        kind=EventKind.USED,
        person__in=refs,
        point=reference,
        channels__contains=[asked.channel],
        effective_at__range=(asked.at - NEAR, asked.at + NEAR),
    )
    return min(uses, key=lambda use: abs(use.effective_at - asked.at), default=None)


def _events(public_ids: Iterable[str]) -> dict[str, LedgerEvent]:
    rows = LedgerEvent.objects.filter(public_id__in=[each for each in public_ids if each])
    return {str(row.public_id): row for row in rows.select_related("payload")}


def _unknown(asked: Asked) -> str:
    if asked.channel != Channel.POST:
        kind = _KINDS.get(Channel(asked.channel), "PHONE")
        reading = contact_points.read(kind=kind, value=asked.value)
        key = suppression.match_key(kind=kind, normalised=reading.normalised)
        if suppression.open_entries([key]).exists():
            return _(
                "„%(value)s“ hat hier niemand, steht aber auf der Sperrliste: Werbung dorthin"
                " ist nicht erlaubt."
            ) % {"value": asked.value}
    return _("„%(value)s“ hat und hatte hier niemand, den Sie sehen dürfen.") % {
        "value": asked.value
    }
