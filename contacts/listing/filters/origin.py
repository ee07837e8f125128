"""Filters by where data come from and until when they may be used."""

from django.db.models import Exists, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import access, deadlines
from contacts.listing.filters.identifiers import keys_of, one_of
from contacts.listing.filters.kinds import Choice, Entry, Filter, Group, Values
from contacts.listing.scope import Scope
from contacts.models import (
    Address,
    ContactPointHolder,
    ImportOutcome,
    ImportRow,
    ImportRun,
    Source,
    SourceKind,
)
from crm.accounts import policy

RECENT_IMPORTS = 30


def _sources(scope: Scope) -> list[Choice]:
    return [Choice(str(source.public_id), source.name) for source in Source.objects.all()]


def _from_source(scope: Scope, values: Values) -> Q:
    return Q(source__in=keys_of(Source.objects.all(), values))


def _with_data_from(scope: Scope, values: Values) -> Q:
    return _has_data_of(scope, keys_of(Source.objects.all(), values))


def _has_data_of(scope: Scope, sources: list[int]) -> Q:
    points = ContactPointHolder.objects.filter(source__in=sources)
    addresses = Address.objects.filter(source__in=sources)
    return (
        Q(source__in=sources)
        | Q(Exists(scope.belonging(points)))
        | Q(Exists(scope.belonging(addresses)))
    )


def _kinds(scope: Scope) -> list[Choice]:
    return [Choice(kind.value, str(kind.label)) for kind in SourceKind]


def _from_kind(scope: Scope, values: Values) -> Q:
    kinds = Source.objects.filter(kind__in=values).order_by("pk")
    return Q(source__in=list(kinds.values_list("pk", flat=True)))


def _terms(scope: Scope) -> list[Choice]:
    near = _("endet in %(days)s Tagen") % {"days": deadlines.NEAR_DAYS}
    return [
        Choice(deadlines.Term.PASSED.value, _("abgelaufen")),
        Choice(deadlines.Term.NEAR.value, near),
    ]


def _under_term(scope: Scope, values: Values) -> Q:
    limited = Source.objects.filter(use_until__isnull=False).order_by("pk")
    wanted = [
        source.pk
        for source in limited
        if deadlines.term_of(source.use_until, on=scope.today).value in values
    ]
    return _has_data_of(scope, wanted)


def _imports(scope: Scope) -> list[Choice]:
    return [_import_choice(run) for run in _runs(scope)[:RECENT_IMPORTS]]


def _older_import(scope: Scope, value: str) -> Choice | None:
    run = one_of(_runs(scope), value)
    return _import_choice(run) if run else None


def _runs(scope: Scope) -> QuerySet[ImportRun]:
    """The imports that the user may see, the latest first."""
    if not policy.may(scope.user, policy.Permission.CONTACTS_IMPORT):
        return ImportRun.objects.none()
    return access.imports_of(scope.user).filter(dry_run=False).order_by("-id")


def _import_choice(run: ImportRun) -> Choice:
    day = formats.date_format(run.created_at, "SHORT_DATE_FORMAT")
    return Choice(str(run.public_id), f"{run.file_name}, {day}")


def _touched_by_import(scope: Scope, values: Values) -> Q:
    rows = ImportRow.objects.filter(
        run__in=keys_of(_runs(scope), values),
        outcome__in=[ImportOutcome.CREATED, ImportOutcome.UPDATED],
    )
    return Q(Exists(scope.belonging(rows)))


FILTERS = [
    Filter(
        code="source",
        label=gettext_lazy("Herkunft des Eintrags"),
        group=Group.ORIGIN,
        entry=Entry.CHOICES,
        choices=_sources,
        build=_from_source,
        sentence=gettext_lazy("Herkunft: %(value)s"),
    ),
    Filter(
        code="source_kind",
        label=gettext_lazy("Art der Herkunft"),
        group=Group.ORIGIN,
        entry=Entry.CHOICES,
        choices=_kinds,
        build=_from_kind,
        sentence=gettext_lazy("Art der Herkunft: %(value)s"),
    ),
    Filter(
        code="data_source",
        label=gettext_lazy("Angaben aus"),
        group=Group.ORIGIN,
        entry=Entry.CHOICES,
        choices=_sources,
        build=_with_data_from,
        sentence=gettext_lazy("mit Angaben aus %(value)s"),
        hint=gettext_lazy("Auch wenn nur ein Kontaktweg oder eine Anschrift daher stammt."),
    ),
    Filter(
        code="term",
        label=gettext_lazy("Nutzungsfrist"),
        group=Group.ORIGIN,
        entry=Entry.CHOICES,
        choices=_terms,
        build=_under_term,
        sentence=gettext_lazy("Nutzungsfrist %(value)s"),
        hint=gettext_lazy("Die Frist der Herkunft, bis zu der Angaben genutzt werden dürfen."),
    ),
    Filter(
        code="import",
        label=gettext_lazy("Import"),
        group=Group.ORIGIN,
        entry=Entry.CHOICES,
        choices=_imports,
        look_up=_older_import,
        build=_touched_by_import,
        sentence=gettext_lazy("Import: %(value)s"),
        hint=gettext_lazy("Angelegt oder ergänzt durch diesen Import."),
    ),
]
