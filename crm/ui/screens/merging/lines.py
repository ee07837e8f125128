"""Merges as lists and pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from contacts import merging
from contacts.contact_points import Record
from contacts.models import Merge, MergeOrigin
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.ui.screens.duplicates.words import Kind, kind_of
from crm.ui.screens.records import subject

MOST: Final = 5  # merges that the page of a record tells of


@dataclass(frozen=True, slots=True)
class Line:
    """A merge: into which record, from which ones (as they were called then)."""

    merge: Merge
    kind: Kind
    survivor: Record
    others: str

    @property
    def url(self) -> str:
        """The page of the record that it led to."""
        return subject.url_of(self.survivor)

    @property
    def who(self) -> str:
        """Who merged."""
        return str(self.merge.merged_by.full_name if self.merge.merged_by else _("Installation"))

    @property
    def is_automatic(self) -> bool:
        """Whether nobody was asked."""
        return self.merge.origin == MergeOrigin.AUTOMATIC

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back."""
        return self.merge.undone_at is not None


@dataclass(frozen=True, slots=True)
class Day:
    """The merges of one day on this page."""

    day: date
    lines: list[Line]

    @property
    def automatic(self) -> int:
        """How many of them nobody was asked about and still hold."""
        return sum(line.is_automatic and not line.is_undone for line in self.lines)


def line_of(merge: Merge) -> Line:
    """One merge."""
    labels = [member.label for member in merge.members.all() if not member.is_survivor]
    return Line(merge, kind_of(merge.kind), merging.survivor_of(merge), ", ".join(labels))


def of_record(user: User, record: Record) -> list[Line]:
    """The last merges that made the record what it is, for those who may take them back."""
    if not policy.may(user, Permission.CONTACTS_MERGE):
        return []
    made = merging.of_record(user=user, record=record).filter(undone_at=None)
    return [line_of(merge) for merge in made.order_by("-pk")[:MOST]]


def by_day(merges: Iterable[Merge]) -> list[Day]:
    """The merges with a heading for each day."""
    days = groupby(map(line_of, merges), lambda line: timezone.localdate(line.merge.merged_at))
    return [Day(day, list(lines)) for day, lines in days]
