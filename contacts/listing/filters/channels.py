"""Filters by the ways in which a record can be reached."""

from django.db.models import Exists, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.listing.filters.kinds import Choice, Entry, Filter, Group, Values
from contacts.listing.filters.place import current_addresses
from contacts.listing.scope import Scope
from contacts.models import Address, ContactPointHolder, ContactPointKind, ContactPointStatus

ANY = "ANY"


def _present(scope: Scope) -> list[Choice]:
    return [Choice(ANY, _("irgendeiner")), *_kinds()]


def _absent(scope: Scope) -> list[Choice]:
    return [Choice(ANY, _("alle")), *_kinds()]


def _kinds() -> list[Choice]:
    return [Choice(kind.value, str(kind.label)) for kind in ContactPointKind]


def _has_one_of(scope: Scope, values: Values) -> Q:
    wanted = set(ContactPointKind.values) if ANY in values else set(values)
    condition = Q()
    if digital := wanted - {ContactPointKind.POSTAL}:
        points = ContactPointHolder.objects.filter(status=ContactPointStatus.ACTIVE)
        if ANY not in values:
            points = points.filter(contact_point__kind__in=sorted(digital))
        condition |= Q(Exists(scope.belonging(points)))
    if ContactPointKind.POSTAL in wanted:
        addresses = Address.objects.filter(current_addresses(scope))
        condition |= Q(Exists(scope.belonging(addresses)))
    return condition


def _lacks_all_of(scope: Scope, values: Values) -> Q:
    return ~_has_one_of(scope, values)


def _statuses(scope: Scope) -> list[Choice]:
    bad = (
        ContactPointStatus.BOUNCED,
        ContactPointStatus.RETIRED,
        ContactPointStatus.REASSIGNED,
    )
    return [Choice(status.value, str(status.label)) for status in bad]


def _with_status(scope: Scope, values: Values) -> Q:
    points = ContactPointHolder.objects.filter(status__in=values)
    return Q(Exists(scope.belonging(points)))


FILTERS = [
    Filter(
        code="has",
        label=gettext_lazy("Kontaktweg vorhanden"),
        group=Group.CHANNELS,
        entry=Entry.CHOICES,
        choices=_present,
        build=_has_one_of,
        sentence=gettext_lazy("Kontaktweg vorhanden: %(value)s"),
    ),
    Filter(
        code="lacks",
        label=gettext_lazy("Kontaktweg fehlt"),
        group=Group.CHANNELS,
        entry=Entry.CHOICES,
        choices=_absent,
        build=_lacks_all_of,
        sentence=gettext_lazy("Kontaktweg fehlt: %(value)s"),
        joiner=gettext_lazy("und"),
    ),
    Filter(
        code="point_status",
        label=gettext_lazy("Zustand eines Kontaktwegs"),
        group=Group.CHANNELS,
        entry=Entry.CHOICES,
        choices=_statuses,
        build=_with_status,
        sentence=gettext_lazy("Kontaktweg %(value)s"),
    ),
]
