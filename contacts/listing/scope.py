"""Which list is asked for, by whom and when."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.models import Company, CriterionSubject, Person
from crm.accounts.models import User


class ListName(StrEnum):
    """The lists there are; the value also names them in saved views, exports and commands."""

    PERSONS = "persons"
    COMPANIES = "companies"

    @property
    def model(self) -> type[Person] | type[Company]:
        """What the list holds."""
        return Person if self is ListName.PERSONS else Company

    @property
    def holder(self) -> str:
        """The foreign key by which contact points, addresses and values name their record."""
        return "person" if self is ListName.PERSONS else "company"

    @property
    def subject(self) -> CriterionSubject:
        """Criteria of this subject can be columns and conditions."""
        return CriterionSubject[self.holder.upper()]

    @property
    def label(self) -> str:
        """The heading of the list."""
        return _("Ansprechpartner") if self is ListName.PERSONS else _("Firmen")


@dataclass(frozen=True, slots=True)
class Scope:
    """One list as one user sees it at one instant; ``memory`` keeps what was looked up for it."""

    name: ListName
    user: User
    at: datetime
    memory: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def today(self) -> date:
        """The day of ``at`` in the installation's time zone."""
        return timezone.localtime(self.at).date()

    def visible(self) -> QuerySet[Any]:
        """All records of the list that the user may see, in no order."""
        return self.name.model.objects.visible_to(self.user).order_by()

    def belonging(self, related: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of ``related`` (contact points, addresses, ...) of the record of each row."""
        return related.order_by().filter(**{self.name.holder: OuterRef("pk")})
