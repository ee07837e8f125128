"""Companies: every change of a company's own fields is one function here."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import writing
from contacts.matching import normalise
from contacts.models import Company, Source
from crm.accounts.models import Team, User
from crm.kernel import errors

FIELDS = frozenset(
    {
        "name",
        "legal_form",
        "parent",
        "industry_codes",
        "vat_id",
        "erp_number",
        "website",
        "remark",
    }
)


@transaction.atomic
def create(
    *,
    actor: User,
    values: Mapping[str, Any],
    source: Source,
    owner: User | None = None,
    team: Team | None = None,
    confirmed_on: date | None = None,
    at: datetime,
) -> Company:
    """Create a company from ``values`` (keys: :data:`FIELDS`).

    A legal form inside ``name`` is split off unless ``legal_form`` is given.

    :raises errors.Invalid: no name, VAT id malformed, ERP number taken
    """
    return writing.create(
        Company(source=source),
        actor=actor,
        values=cleaned(values),
        allowed=FIELDS,
        check=_check,
        confirmed_on=confirmed_on,
        owner=owner,
        team=team,
        at=at,
    )


@transaction.atomic
def update(
    *,
    actor: User,
    company: Company,
    values: Mapping[str, Any],
    source: Source,
    version: int | None = None,
    confirmed_on: date | None = None,
    at: datetime,
) -> Company:
    """Change the fields in ``values``; nothing happens if nothing differs.

    :raises errors.Conflict: somebody saved the company since ``version`` was read
    :raises errors.Invalid: a value malformed, the ERP number taken, a circle in the hierarchy
    """
    return writing.update(
        company,
        actor=actor,
        values=cleaned(values),
        allowed=FIELDS,
        check=_check,
        source=source,
        version=version,
        confirmed_on=confirmed_on,
        at=at,
    )


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` as they are stored: legal form apart from the name, VAT id in one notation.

    :raises errors.Invalid: name or VAT id cannot be read
    """
    found = dict(values)
    if found.get("name") and not found.get("legal_form"):
        try:
            split = normalise.company_name(found["name"])
        except normalise.Unreadable as error:
            raise writing.unreadable("name", error) from error
        if split.legal_form:
            found["name"], found["legal_form"] = split.name, split.legal_form
    if found.get("vat_id"):
        try:
            found["vat_id"] = normalise.vat_id(found["vat_id"])
        except normalise.Unreadable as error:
            raise writing.unreadable("vat_id", error) from error
    return found


def _check(company: Company) -> None:
    writing.checked(company)
    taken = Company.with_aliases.filter(erp_number=company.erp_number).exclude(pk=company.pk)
    if company.erp_number and taken.exists():
        raise errors.Invalid(
            {
                "erp_number": [
                    _("Die ERP-Nummer %(number)s hat schon eine andere Firma.")
                    % {"number": company.erp_number}
                ]
            }
        )
    _refuse_circle(company)


def _refuse_circle(company: Company) -> None:
    above = company.parent
    while above is not None:
        if above.pk == company.pk:
            raise errors.Invalid({"parent": [_("Eine Firma kann nicht unter sich selbst stehen.")]})
        above = above.parent
