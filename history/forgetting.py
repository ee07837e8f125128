"""What an erasure makes of rows of this app that are not only the person's."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm.kernel import erasing, removing
from crm.kernel.among import among_keys
from crm.kernel.personal_data import Whose
from history.fairs import forgetting as fairs
from history.models import (
    Activity,
    Attachment,
    Call,
    CallEvent,
    Invoice,
    LeadFile,
    Opportunity,
    Order,
    OrderLine,
    Participation,
    RefusedRow,
    StageChange,
    StoredFile,
    Takeover,
    TakeoverState,
    Touchpoint,
    WaitingRow,
)

_DONE = (TakeoverState.DONE, TakeoverState.FAILED)


def participations(whose: Whose) -> QuerySet[Any]:
    """Those of the person, and those of a contact point that nobody else has."""
    return Participation.objects.filter(
        Q(person__in=whose.persons) | Q(contact_point__in=whose.points)
    )


def touchpoints(whose: Whose) -> QuerySet[Any]:
    """Contacts with the person, those that were corrected included."""
    found = whose.once("touchpoints", lambda: _contacts(whose))
    return Touchpoint.objects.filter(pk__in=among_keys(Touchpoint, found))


def _contacts(whose: Whose) -> set[int]:
    """Each step reads one index: an OR over them would read every contact there is."""
    known = _numbers(Participation.objects.filter(person__in=whose.persons), "touchpoint")
    if whose.points:
        by_point = {"contact_point__in": whose.points}
        known |= _numbers(Participation.objects.filter(**by_point), "touchpoint")
        known |= _numbers(Touchpoint.objects.filter(**by_point), "pk")
    more = known
    while more:
        some = among_keys(Touchpoint, more)
        before = Touchpoint.objects.filter(pk__in=some, corrects__isnull=False)
        later = Touchpoint.objects.filter(corrects__in=some)
        more = (_numbers(before, "corrects") | _numbers(later, "pk")) - known
        known |= more
    return known


def _numbers(rows: QuerySet[Any], column: str) -> set[int]:
    return set(rows.order_by().values_list(column, flat=True))


def are_shared_touchpoints(whose: Whose) -> Q:
    """Those that stand in the line of somebody else, of a company or of an opportunity."""
    others = Participation.objects.filter(touchpoint=OuterRef("pk")).exclude(
        Q(person__isnull=False, person__in=whose.persons)
        | Q(contact_point__isnull=False, contact_point__in=whose.points)
        | Q(opportunity__isnull=False, opportunity__in=opportunities_of_theirs(whose))
    )
    return Q(Exists(others))


def spare_touchpoints(rows: QuerySet[Any], whose: Whose, _at: datetime) -> None:
    """That there was a contact stays with the others; the words stay where another person wrote
    or spoke them, too. What came and went with it goes otherwise."""
    numbers = list(rows.values_list("pk", flat=True))
    kept = Touchpoint.objects.filter(pk__in=among_keys(Touchpoint, numbers))
    with_persons = set(
        Participation.objects.filter(
            touchpoint__in=among_keys(Touchpoint, numbers), person__isnull=False
        )
        .exclude(person__in=whose.persons)
        .values_list("touchpoint", flat=True)
    )
    alone = Touchpoint.objects.filter(pk__in=among_keys(Touchpoint, set(numbers) - with_persons))
    erasing.clear(kept, contact_value="", contact_point=None, decision=None, consent_use=None)
    erasing.clear(alone, subject=erasing.BLANK, body="", external_id="", system="", case="")
    shared = Touchpoint.objects.filter(pk__in=among_keys(Touchpoint, with_persons))
    erasing.scrub(shared, ("subject", "body"), whose.words)


def attachments(whose: Whose) -> QuerySet[Any]:
    """Files of contacts in which no other person took part."""
    return Attachment.objects.filter(touchpoint__in=_of_no_other_person(whose))


def stored_files(whose: Whose) -> QuerySet[Any]:
    """Contents that no other contact and no other slip of a fair needs."""
    going, slips = attachments(whose), fairs.lead_files(whose).exclude(stored=None).order_by()
    needed = Attachment.objects.exclude(pk__in=going.values("pk"))
    others = LeadFile.objects.exclude(stored=None).exclude(pk__in=slips.values("pk")).order_by()
    found = Q(pk__in=going.values("stored")) | Q(pk__in=slips.values("stored"))
    free = StoredFile.objects.filter(found).exclude(pk__in=needed.values("stored"))
    return free.exclude(pk__in=others.values("stored"))


def all_attachments(whose: Whose) -> QuerySet[Any]:
    """Files of all contacts with the person."""
    return Attachment.objects.filter(touchpoint__in=touchpoints(whose).values("pk"))


def are_of_other_persons(whose: Whose) -> Q:
    """Attachments that somebody else sent or got, too."""
    return ~Q(pk__in=attachments(whose).values("pk"))


def spare_attachments(rows: QuerySet[Any], whose: Whose, _at: datetime) -> None:
    """They may bear the name of the person."""
    erasing.scrub(rows, ("name",), whose.words)


def _of_no_other_person(whose: Whose) -> QuerySet[Any]:
    found = touchpoints(whose)
    others = Participation.objects.filter(person__isnull=False).exclude(person__in=whose.persons)
    return found.exclude(Exists(others.filter(touchpoint=OuterRef("pk")))).values("pk")


def activities(whose: Whose) -> QuerySet[Any]:
    """What is planned about the person, or about a deal that is theirs alone."""
    return Activity.objects.filter(
        Q(person__in=whose.persons) | Q(opportunity__in=opportunities_of_theirs(whose))
    )


def opportunities(whose: Whose) -> QuerySet[Any]:
    """Deals with the person."""
    return Opportunity.objects.filter(person__in=whose.persons)


def opportunities_of_theirs(whose: Whose) -> QuerySet[Any]:
    """Deals that are no company's."""
    return opportunities(whose).filter(company=None).values("pk")


def are_of_a_company(_whose: Whose) -> Q:
    """Deals that a company keeps."""
    return Q(company__isnull=False)


def spare_opportunities(rows: QuerySet[Any], whose: Whose, _at: datetime) -> None:
    """The company's deal goes on without the person."""
    words = (
        "title", "need", "situation", "regulate", "avoid", "reach", "advantage", "budget",
        "close_note",
    )  # fmt: skip
    erasing.scrub(rows, words, whose.words)
    erasing.clear(
        Opportunity.objects.filter(pk__in=list(rows.values_list("pk", flat=True))), person=None
    )


def stage_changes(whose: Whose) -> QuerySet[Any]:
    """Steps of deals that are no company's."""
    return StageChange.objects.filter(opportunity__in=opportunities_of_theirs(whose))


def order_lines(whose: Whose) -> QuerySet[Any]:
    """Lines of the person's orders."""
    return OrderLine.objects.filter(order__person__in=whose.persons)


def calls(whose: Whose) -> QuerySet[Any]:
    """Calls with a number of the person, or that are written in their line."""
    return Call.objects.filter(
        Q(contact_point__in=whose.points) | Q(touchpoint__in=_of_no_other_person(whose))
    )


def call_events(whose: Whose) -> QuerySet[Any]:
    """What the telephone system told of these calls."""
    return CallEvent.objects.filter(call__in=calls(whose).values("pk"))


def waiting_rows(whose: Whose) -> QuerySet[Any]:
    """Rows of the ERP that wait for a customer of one of the person's numbers."""
    found = _told(whose, "values")
    return WaitingRow.objects.filter(found) if found else WaitingRow.objects.none()


def refused_rows(whose: Whose) -> QuerySet[Any]:
    """Rows that could not be read and bear what only the person has."""
    found = _told(whose, "cells")
    return RefusedRow.objects.filter(found) if found else RefusedRow.objects.none()


def takeovers(whose: Whose) -> QuerySet[Any]:
    """Files of the ERP out of which something of the person was taken over."""
    sources = {
        *Order.objects.filter(person__in=whose.persons).values_list("source", flat=True),
        *Invoice.objects.filter(person__in=whose.persons).values_list("source", flat=True),
    }
    told = refused_rows(whose).values_list("takeover", flat=True)
    waiting = waiting_rows(whose).values_list("takeover", flat=True)
    return Takeover.objects.filter(Q(source__in=sources) | Q(pk__in=[*told, *waiting]))


def drop_takeover_files(rows: QuerySet[Any], whose: Whose, _at: datetime) -> None:
    """Their files go once they are taken over: what was in them stands in orders."""
    for takeover in list(rows.exclude(file="").filter(state__in=_DONE)):
        removing.drop_file(takeover.file.storage, str(takeover.file.name))
        erasing.clear(Takeover.objects.filter(pk=takeover.pk), file="")
    erasing.scrub(rows, ("file_name",), whose.words)


def _told(whose: Whose, column: str) -> Q:
    found = Q()
    for value in whose.values:
        found |= Q(**{f"{column}__icontains": value})
    return found
