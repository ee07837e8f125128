"""Filters by company, function, industry and place."""

import re
from collections.abc import Iterable

from django.db.models import Exists, F, Func, Q, TextField, Value
from django.db.models.lookups import Regex
from django.utils.translation import gettext_lazy

from contacts.listing.filters.identifiers import one_of
from contacts.listing.filters.kinds import (
    ONLY_COMPANIES,
    ONLY_PERSONS,
    Choice,
    Entry,
    Filter,
    Group,
    Values,
)
from contacts.listing.scope import Scope
from contacts.matching.normalise import fold
from contacts.models import Address, Company, Employment

_SEVERAL = gettext_lazy("Mehrere mit Komma.")


def current_addresses(scope: Scope) -> Q:
    """Addresses that have not ended."""
    return Q(valid_to=None) | Q(valid_to__gte=scope.today)


def current_roles(scope: Scope) -> Q:
    """Roles at companies that have not ended."""
    return Q(ended_on=None) | Q(ended_on__gte=scope.today)


def _in_city(scope: Scope, values: Values) -> Q:
    return _at_place(scope, _any_of("city__istartswith", values))


def _in_postal_area(scope: Scope, values: Values) -> Q:
    return _at_place(scope, _any_of("postal_code__startswith", values))


def _at_place(scope: Scope, place: Q) -> Q:
    addresses = Address.objects.filter(place, current_addresses(scope))
    return Q(Exists(scope.belonging(addresses)))


def _at_company_called(scope: Scope, values: Values) -> Q:
    return _employed(scope, _any_of("company__sort_key__startswith", map(fold, values)))


def _at_company(scope: Scope, values: Values) -> Q:
    found = [one_of(Company.objects.visible_to(scope.user), value) for value in values]
    return _employed(scope, Q(company__in=[company.pk for company in found if company]))


def _company(scope: Scope, value: str) -> Choice | None:
    company = one_of(Company.objects.visible_to(scope.user), value)
    return Choice(value, company.full_name) if company else None


def _with_function(scope: Scope, values: Values) -> Q:
    return _employed(scope, _any_of("function__icontains", values))


def _employed(scope: Scope, role: Q) -> Q:
    return Q(Exists(scope.belonging(Employment.objects.filter(role, current_roles(scope)))))


def _in_industry(scope: Scope, values: Values) -> Q:
    codes = Func(
        F("industry_codes"), Value(" "), function="array_to_string", output_field=TextField()
    )
    starts = "|".join(re.escape(value) for value in values)
    return Q(Regex(codes, f"(^| )({starts})"))


def _any_of(lookup: str, values: Iterable[str]) -> Q:
    condition = Q()
    for value in values:
        condition |= Q(**{lookup: value})
    return condition


FILTERS = [
    Filter(
        code="company_name",
        label=gettext_lazy("Firma"),
        group=Group.PLACE,
        entry=Entry.TEXT,
        lists=ONLY_PERSONS,
        build=_at_company_called,
        sentence=gettext_lazy("Firma beginnt mit %(value)s"),
        hint=_SEVERAL,
    ),
    Filter(
        code="company",
        label=gettext_lazy("Firma"),
        group=Group.PLACE,
        entry=Entry.CHOICES,
        lists=ONLY_PERSONS,
        look_up=_company,
        build=_at_company,
        sentence=gettext_lazy("Firma: %(value)s"),
        offered=False,
    ),
    Filter(
        code="function",
        label=gettext_lazy("Funktion"),
        group=Group.PLACE,
        entry=Entry.TEXT,
        lists=ONLY_PERSONS,
        build=_with_function,
        sentence=gettext_lazy("Funktion enthält %(value)s"),
        hint=_SEVERAL,
    ),
    Filter(
        code="industry",
        label=gettext_lazy("Wirtschaftszweig"),
        group=Group.PLACE,
        entry=Entry.TEXT,
        lists=ONLY_COMPANIES,
        build=_in_industry,
        sentence=gettext_lazy("Wirtschaftszweig %(value)s"),
        hint=gettext_lazy("Anfang des WZ-2008-Schlüssels, zum Beispiel 28.1."),
    ),
    Filter(
        code="city",
        label=gettext_lazy("Ort"),
        group=Group.PLACE,
        entry=Entry.TEXT,
        build=_in_city,
        sentence=gettext_lazy("Ort beginnt mit %(value)s"),
        hint=_SEVERAL,
    ),
    Filter(
        code="postal_code",
        label=gettext_lazy("Postleitzahl"),
        group=Group.PLACE,
        entry=Entry.TEXT,
        build=_in_postal_area,
        sentence=gettext_lazy("PLZ beginnt mit %(value)s"),
        hint=_SEVERAL,
    ),
]
