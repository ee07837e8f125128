"""Which slips are about somebody: those of the person, and those that nobody was made of yet."""

from typing import Any

from django.db.models import Q, QuerySet

from crm.kernel.personal_data import Whose
from history.fairs import becoming
from history.models import LeadCapture, LeadFile, LeadOptIn


def leads(whose: Whose) -> QuerySet[Any]:
    """Slips of the person, and those of nobody that bear a number or address of theirs alone."""
    found = Q(person__in=whose.persons)
    if whose.values:
        found |= Q(pk__in=_without_a_person(set(whose.values)))
    return LeadCapture.objects.filter(found)


def lead_files(whose: Whose) -> QuerySet[Any]:
    """Photos and memos of these slips."""
    return LeadFile.objects.filter(lead__in=leads(whose).order_by().values("pk"))


def lead_opt_ins(whose: Whose) -> QuerySet[Any]:
    """What was answered on these slips."""
    return LeadOptIn.objects.filter(lead__in=leads(whose).order_by().values("pk"))


def _without_a_person(values: set[str]) -> list[int]:
    """A slip waits for its name for days, not for ever: there are few, in whatever notation."""
    told = Q()
    for value in values:
        told |= Q(note__icontains=value) | Q(need__icontains=value)
    waiting = LeadCapture.objects.filter(person=None).order_by()
    found = set(waiting.filter(told).values_list("pk", flat=True))
    for lead in waiting.exclude(email="", phone="", mobile="").only("email", "phone", "mobile"):
        readings = becoming.contact_points_of(lead)
        if any(each.normalised in values for _name, each in readings):
            found.add(lead.pk)
    return sorted(found)
