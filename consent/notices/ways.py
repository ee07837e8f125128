"""In which ways a person can be given a notice, and giving it in one of them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from consent.models import (
    NoticeProvision,
    NoticeVersion,
    ProvisionMedium,
    ProvisionStatus,
)
from consent.notices import delivering, provisions
from consent.notices.asking import Due
from contacts.models import ContactPoint, ContactPointKind, ContactPointStatus, Person
from crm.accounts.models import User
from crm.kernel import errors

EMAIL, SMS, LETTER = "email", "sms", "letter"
READ_ALOUD, HANDED_OVER, POSTED = "read_aloud", "handed_over", "posted"
_BY_KIND = {ContactPointKind.EMAIL: EMAIL, ContactPointKind.MOBILE: SMS}
_DONE = {
    HANDED_OVER: (ProvisionMedium.PAPER, ProvisionStatus.HANDED_OVER),
    POSTED: (ProvisionMedium.LETTER, ProvisionStatus.SENT),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One of them; ``key`` names it in a form."""

    key: str
    kind: str
    label: str
    point: ContactPoint | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What was recorded, and the letter if there is one to print."""

    provision: NoticeProvision
    letter: bytes | None = None


def of(person: Person) -> list[Way]:
    """Those that send first, then those in which it happened already (2 queries)."""
    held = person.contact_points.filter(
        status=ContactPointStatus.ACTIVE, contact_point__kind__in=list(_BY_KIND)
    ).select_related("contact_point")
    ways = [_sending(row.contact_point) for row in held]
    if person.addresses.filter(valid_to=None).exists():
        ways.append(Way(LETTER, LETTER, _("als Brief drucken")))
        ways.append(Way(POSTED, POSTED, _("der Brief ist in der Post")))
    ways.append(Way(READ_ALOUD, READ_ALOUD, _("am Telefon vorgelesen")))
    ways.append(Way(HANDED_OVER, HANDED_OVER, _("auf Papier übergeben")))
    return ways


def give(
    *, actor: User | None, person: Person, due: Due, key: str, language: str, at: datetime
) -> Given:
    """Send it, or record that it was given; what changed is marked as new.

    :raises errors.Invalid: the person cannot be reached in this way (field ``way``)
    :raises gate.NotAllowed: the gate says no
    """
    way = next((each for each in of(person) if each.key == key), None)
    if way is None:
        raise errors.Invalid({"way": [_("Auf diesem Weg ist die Person nicht zu erreichen.")]})
    version, new = due.version, due.answer.new
    if way.kind == EMAIL and way.point is not None:
        return Given(
            delivering.by_email(
                actor=actor, person=person, point=way.point, version=version,
                language=language, new=new, at=at,
            )
        )  # fmt: skip
    if way.kind == SMS and way.point is not None:
        return Given(
            delivering.by_sms(
                actor=actor, person=person, point=way.point, version=version,
                language=language, at=at,
            )
        )  # fmt: skip
    if way.kind == LETTER:
        letter, provision = delivering.as_letter(
            actor=actor, person=person, version=version, language=language, new=new, at=at
        )
        return Given(provision, letter)
    return Given(_record(actor, person, version, due, way.kind, language, at))


def _record(
    actor: User | None,
    person: Person,
    version: NoticeVersion,
    due: Due,
    kind: str,
    language: str,
    at: datetime,
) -> NoticeProvision:
    medium, status = _DONE.get(kind, (ProvisionMedium.PHONE, ProvisionStatus.READ_ALOUD))
    is_read = kind == READ_ALOUD
    return provisions.record(
        actor=actor,
        person=person,
        version=version,
        items=(due.answer.new or due.first_layer or due.items) if is_read else None,
        medium=medium,
        status=status,
        language=language,
        given_at=at,
        at=at,
    )


def _sending(point: ContactPoint) -> Way:
    kind = _BY_KIND[ContactPointKind(point.kind)]
    template = _("E‑Mail an %(value)s") if kind == EMAIL else _("SMS mit Verweis an %(value)s")
    label = template % {"value": point.display}
    return Way(f"{kind}:{point.public_id}", kind, label, point)
