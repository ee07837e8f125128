"""Whose relation to the house ended so long ago that nothing keeps their data any more."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import DateTimeField, Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from consent.models import LedgerEvent, RetentionHold, Subject
from consent.retention.periods import Period
from contacts.models import Person, SourceKind
from crm.kernel import personal_data

BATCH = 500
EVER = date(1900, 1, 1)


def ended(period: Period, *, today: date) -> QuerySet[Person]:
    """Persons with whom there was nothing since the first day that is still kept."""
    since = period.kept_since(today)
    return _without_signs(since).filter(updated_at__lt=_begin(since))


def bought(period: Period, *, today: date) -> QuerySet[Person]:
    """Bought addresses that were never used, once their licence or the period is over."""
    since = _begin(period.kept_since(today))
    supplied = Q(source__kind=SourceKind.SUPPLIER)
    over = Q(created_at__lt=since) | Q(source__use_until__lt=today)
    return _without_signs(EVER).filter(supplied & over)


def batches(persons: QuerySet[Person]) -> Iterator[list[int]]:
    """Numbers of persons in portions, in order, each asked for when the one before is done."""
    last = 0
    while True:
        page = persons.filter(pk__gt=last).order_by("pk")
        numbers = list(page.values_list("pk", flat=True)[:BATCH])
        if not numbers:
            return
        yield numbers
        last = numbers[-1]


def _without_signs(since: date) -> QuerySet[Person]:
    """As every app declares what counts as one; what lies in the ledger counts, too."""
    found = Person.objects.exclude(Exists(RetentionHold.objects.filter(person=OuterRef("pk"))))
    for declaration in personal_data.declarations():
        for path, field in declaration.signs:
            start = _begin(since) if _is_moment(declaration.model, field) else since
            rows = declaration.model._base_manager.filter(
                **{path: OuterRef("pk"), f"{field}__gte": start}
            )
            found = found.exclude(Exists(rows))
    events = LedgerEvent.objects.filter(person=OuterRef("ref"), effective_at__gte=_begin(since))
    told = Subject.objects.filter(Exists(events), person=OuterRef("pk"))
    return found.exclude(Exists(told))


def _is_moment(model: type[Model], path: str) -> bool:
    """Whether the field at the end of a look-up is a moment, not a day."""
    *links, name = path.split("__")
    for link in links:
        related = model._meta.get_field(link).related_model
        assert isinstance(related, type)
        model = related
    return isinstance(model._meta.get_field(name), DateTimeField)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
