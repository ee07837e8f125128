"""The two pages, and their history as a part of its own."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from consent import histories
from contacts import changes
from contacts.change_topics import Topic
from contacts.contact_points import Record
from contacts.duplicates import suspects
from contacts.models import Person
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.activities import panel as steps
from crm.ui.screens.commerce import panel as trade
from crm.ui.screens.line import section
from crm.ui.screens.merging import lines as merged_lines
from crm.ui.screens.opportunities import panel as deals
from crm.ui.screens.records import outcomes, subject

FIRST_DECLARED = 3


@require_GET
def person_detail(request: Request, public_id: UUID) -> HttpResponse:
    """Everything about a person; for HTMX the history alone."""
    return _page(request, subject.PERSONS, public_id)


@require_GET
@permitted(Permission.CONSENT_VIEW)
def declared(request: Request, public_id: UUID) -> HttpResponse:
    """Everything a person declared about contact, the newest first; for HTMX the next page."""
    record = subject.seen(request, subject.PERSONS, public_id)
    assert isinstance(record, Person)
    before = _number(request.GET.get("vor", ""))
    context = {
        "record": record,
        "home": subject.url_of(record),
        "declared": histories.of_person(record, before=before),
    }
    return responses.render(request, "records/declared_page.html", context, fragment="entries")


@require_GET
def company_detail(request: Request, public_id: UUID) -> HttpResponse:
    """Everything about a company; for HTMX the history alone."""
    return _page(request, subject.COMPANIES, public_id)


def _page(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    record = subject.shown(request, kind, public_id)
    if record.public_id != public_id:  # it was merged; until that is undone, it leads here
        return redirect(subject.url_of(record))
    if responses.wants_fragment(request):
        context = _changes(request, record)
        template = "records/history_rest.html" if context["before"] else "records/history.html"
        return responses.render(request, template, context)
    context = outcomes.context_of(request, record)
    context |= {
        "suspects": suspects.count_of(user=request.user, record=record),
        "merged": merged_lines.of_record(request.user, record),
    }
    if isinstance(record, Person) and policy.may(request.user, Permission.CONSENT_VIEW):
        context["declared"] = histories.of_person(record, size=FIRST_DECLARED)
    context |= _history(request, record)
    if _shows_changes(request, context["line"]):
        context |= _changes(request, record)
    return responses.render(request, "records/page.html", context)


def _shows_changes(request: Request, line: dict[str, Any] | None) -> bool:
    """Changes are read when they are unfolded, and at once where nothing else happened."""
    asked = "art" in request.GET or "vor" in request.GET
    return asked or line is None or not line["figures"].total


def _changes(request: Request, record: Record) -> dict[str, Any]:
    topic, before = _asked(request)
    return {
        "history": changes.page(record=record, reader=request.user, topic=topic, before=before),
        "topic": topic,
        "before": before,
        "record": record,
        "home": subject.url_of(record),
    }


def _history(request: Request, record: Record) -> dict[str, Any]:
    """What happened and what comes next: contacts, steps, deals, orders."""
    at, here = clock.now(), subject.url_of(record)
    return {
        "line": section.context_of(request, record),
        "steps": steps.of_record(user=request.user, record=record, at=at, here=here),
        **deals.context_of(user=request.user, record=record),
        **trade.context(record=record, user=request.user, today=clock.today()),
    }


def _asked(request: Request) -> tuple[Topic | None, int]:
    """Topic and cursor from the address; what is not understood is left out."""
    wanted, before = request.GET.get("art", ""), request.GET.get("vor", "")
    return outcomes.as_topic(wanted), _number(before)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
