"""What an erasure makes of rows of this app that are not only the person's."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from contacts.matching import names
from contacts.matching.signatures import street_name
from contacts.models import (
    Address,
    Company,
    ContactPoint,
    ImportRow,
    ImportRun,
    MatchName,
    Merge,
    MergeEntry,
    MergeMember,
    PairDecision,
    Person,
    SavedView,
)
from contacts.models.imports import BUSY_STATES
from crm.kernel import erasing, removing
from crm.kernel.personal_data import Whose


def points(whose: Whose) -> QuerySet[Any]:
    """Numbers and addresses of the person."""
    return ContactPoint.objects.filter(pk__in=(*whose.points, *whose.shared_points))


def are_shared_points(whose: Whose) -> Q:
    """Those that somebody else is reached by, too."""
    return Q(pk__in=whose.shared_points)


def leave(_rows: QuerySet[Any], _whose: Whose, _at: datetime) -> None:
    """Nothing has to change in them."""


def merges(whose: Whose) -> QuerySet[Any]:
    """Merges that the person went into, done or undone."""
    members = MergeMember.objects.filter(person__in=whose.persons)
    return Merge.objects.filter(pk__in=members.values("merge"))


def merge_members(whose: Whose) -> QuerySet[Any]:
    """Everybody in these merges."""
    return MergeMember.objects.filter(merge__in=merges(whose))


def merge_entries(whose: Whose) -> QuerySet[Any]:
    """The journal of these merges, and what journals of others keep of rows of the person."""
    kept = [str(pk) for pk in whose.persons]
    return MergeEntry.objects.filter(
        Q(merge__in=merges(whose))
        | Q(act=MergeEntry.Act.FOLDED, before__person_id__in=[*kept, *whose.persons])
    )


def decisions(whose: Whose) -> QuerySet[Any]:
    """Decisions about pairs that the person is part of."""
    return PairDecision.objects.filter(
        Q(first_person__in=whose.persons) | Q(second_person__in=whose.persons)
    )


def import_rows(whose: Whose) -> QuerySet[Any]:
    """Rows of files that became the person, or that name a contact point of theirs."""
    found = Q(person__in=whose.persons)
    for value in whose.values:
        found |= Q(raw__isnull=False, raw__icontains=value)
    return ImportRow.objects.filter(found)


def empty_import_rows(rows: QuerySet[Any], _whose: Whose, _at: datetime) -> None:
    """What became of them stays, not what stood in them."""
    erasing.clear(
        ImportRow.objects.filter(pk__in=list(rows.values_list("pk", flat=True))),
        raw=None,
        journal={},
        reason="",
        fingerprint="",
        person=None,
    )


def import_runs(whose: Whose) -> QuerySet[Any]:
    """Imports with such rows."""
    return ImportRun.objects.filter(pk__in=import_rows(whose).values("run"))


def drop_import_files(rows: QuerySet[Any], whose: Whose, _at: datetime) -> None:
    """Their files go: what was taken over stands in the records, what was not in the rows."""
    done = rows.exclude(file="").exclude(state__in=BUSY_STATES)
    for run in list(done):
        removing.drop_file(run.file.storage, str(run.file.name))
        erasing.clear(ImportRun.objects.filter(pk=run.pk), file="")
    erasing.scrub(rows, ("file_name",), whose.words)


def names_of_nobody_else(whose: Whose) -> QuerySet[Any]:
    """Entries of the dictionary of names that came with the person alone.

    With many persons at once nobody looks: a name alone is nobody's.
    """
    if not whose.values:
        return MatchName.objects.none()
    texts = set()
    for person in Person.with_aliases.filter(pk__in=whose.persons):
        texts |= {
            names.folded(text)
            for text in (person.surname, person.given_name)
            if text and not _is_borne_by_others(text, whose)
        }
    streets = Address.objects.filter(person__in=whose.persons).values_list("street", flat=True)
    texts |= {street_name(street) for street in streets if not _is_of_others(street, whose)}
    return MatchName.objects.filter(text__in=texts - {""})


def _is_borne_by_others(text: str, whose: Whose) -> bool:
    others = Person.with_aliases.exclude(pk__in=whose.persons)
    borne = others.filter(Q(surname__icontains=text) | Q(given_name__icontains=text))
    return borne.exists() or Company.objects.filter(name__icontains=text).exists()


def _is_of_others(street: str, whose: Whose) -> bool:
    others = Address.objects.filter(Q(person=None) | ~Q(person__in=whose.persons))
    return not street or others.filter(street__icontains=street).exists()


def views(whose: Whose) -> QuerySet[Any]:
    """Saved views that look for what only the person has."""
    found = Q()
    for value in whose.values:
        found |= Q(query__icontains=value) | Q(name__icontains=value)
    return SavedView.objects.filter(found) if found else SavedView.objects.none()
