"""Filters by completeness, confirmation, change and open checks."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contacts import freshness
from contacts.listing.filters.kinds import Choice, Entry, Filter, Group, Values
from contacts.listing.filters.place import current_addresses
from contacts.listing.scope import Scope
from contacts.models import Address

YEARS = (1, 2, 3, 5)
NEVER = "never"
YES = "yes"


def _ages(scope: Scope) -> list[Choice]:
    labels = [
        Choice(
            str(years),
            ngettext("seit %(years)s Jahr nicht", "seit %(years)s Jahren nicht", years)
            % {"years": years},
        )
        for years in YEARS
    ]
    return [*labels, Choice(NEVER, _("noch nie"))]


def unconfirmed(scope: Scope, value: str) -> Q:
    """Last confirmed so many years ago, or never; for records and data alike."""
    never = Q(confirmed_on=None)
    if value == NEVER:
        return never
    return never | Q(confirmed_on__lte=freshness.stale_before(scope.today, years=int(value)))


def _record_unconfirmed(scope: Scope, values: Values) -> Q:
    return unconfirmed(scope, values[0])


def _address_unconfirmed(scope: Scope, values: Values) -> Q:
    addresses = Address.objects.filter(current_addresses(scope), unconfirmed(scope, values[0]))
    return Q(Exists(scope.belonging(addresses)))


def _incomplete(scope: Scope, values: Values) -> Q:
    return Q(completeness__lt=int(values[0]))


def _completeness(scope: Scope, values: Values) -> Q:
    first, last = (Decimal(value) if value else None for value in values)
    return _between("completeness", first, last)


def _to_be_checked(scope: Scope, values: Values) -> Q:
    return Q(duplicate_check_due=True)


def _confirmed(scope: Scope, values: Values) -> Q:
    return _between("confirmed_on", *_days(values))


def _created(scope: Scope, values: Values) -> Q:
    return _moments("created_at", values)


def _changed(scope: Scope, values: Values) -> Q:
    return _moments("updated_at", values)


def _moments(name: str, values: Values) -> Q:
    first, last = _days(values)
    return _between(
        name,
        _start(first) if first else None,
        _start(last + timedelta(days=1)) - timedelta(microseconds=1) if last else None,
    )


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _days(values: Values) -> tuple[date | None, date | None]:
    first, last = (date.fromisoformat(value) if value else None for value in values)
    return first, last


def _between(name: str, first: date | Decimal | None, last: date | Decimal | None) -> Q:
    condition = Q()
    if first is not None:
        condition &= Q(**{f"{name}__gte": first})
    if last is not None:
        condition &= Q(**{f"{name}__lte": last})
    return condition


FILTERS = [
    Filter(
        code="address_unconfirmed",
        label=gettext_lazy("Anschrift lange unbestätigt"),
        group=Group.CARE,
        entry=Entry.CHOICES,
        choices=_ages,
        single=True,
        build=_address_unconfirmed,
        sentence=gettext_lazy("Anschrift %(value)s bestätigt"),
    ),
    Filter(
        code="unconfirmed",
        label=gettext_lazy("Eintrag lange unbestätigt"),
        group=Group.CARE,
        entry=Entry.CHOICES,
        choices=_ages,
        single=True,
        build=_record_unconfirmed,
        sentence=gettext_lazy("Eintrag %(value)s bestätigt"),
    ),
    Filter(
        code="confirmed",
        label=gettext_lazy("Bestätigt"),
        group=Group.CARE,
        entry=Entry.DATE_RANGE,
        build=_confirmed,
    ),
    Filter(
        code="completeness_below",
        label=gettext_lazy("Vollständigkeit unter"),
        group=Group.CARE,
        entry=Entry.NUMBER,
        build=_incomplete,
        sentence=gettext_lazy("Vollständigkeit unter %(value)s"),
        unit="\N{NO-BREAK SPACE}%",
        hint=gettext_lazy("In Prozent, 1 bis 100."),
    ),
    Filter(
        code="completeness",
        label=gettext_lazy("Vollständigkeit"),
        group=Group.CARE,
        entry=Entry.NUMBER_RANGE,
        build=_completeness,
        unit="\N{NO-BREAK SPACE}%",
        offered=False,
    ),
    Filter(
        code="duplicate_check",
        label=gettext_lazy("Dublettenprüfung"),
        group=Group.CARE,
        entry=Entry.CHOICES,
        choices=lambda scope: [Choice(YES, _("offen"))],
        single=True,
        build=_to_be_checked,
        sentence=gettext_lazy("Dublettenprüfung %(value)s"),
    ),
    Filter(
        code="changed",
        label=gettext_lazy("Geändert"),
        group=Group.CARE,
        entry=Entry.DATE_RANGE,
        build=_changed,
    ),
    Filter(
        code="created",
        label=gettext_lazy("Angelegt"),
        group=Group.CARE,
        entry=Entry.DATE_RANGE,
        build=_created,
    ),
]
