"""The two pages, and their history as a part of its own."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from contacts import changes
from contacts.change_topics import Topic
from contacts.duplicates import suspects
from crm.ui import responses
from crm.ui.access import Request
from crm.ui.screens.merging import lines as merged_lines
from crm.ui.screens.records import outcomes, subject


@require_GET
def person_detail(request: Request, public_id: UUID) -> HttpResponse:
    """Everything about a person; for HTMX the history alone."""
    return _page(request, subject.PERSONS, public_id)


@require_GET
def company_detail(request: Request, public_id: UUID) -> HttpResponse:
    """Everything about a company; for HTMX the history alone."""
    return _page(request, subject.COMPANIES, public_id)


def _page(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    record = outcomes.fetch_again(subject.seen(request, kind, public_id))
    if record.public_id != public_id:  # it was merged; until that is undone, it leads here
        return redirect(subject.url_of(record))
    topic, before = _asked(request)
    history = changes.page(record=record, reader=request.user, topic=topic, before=before)
    context: dict[str, Any] = {"history": history, "topic": topic, "before": before}
    if responses.wants_fragment(request):
        context |= {"record": record, "home": subject.url_of(record)}
        template = "records/history_rest.html" if before else "records/history.html"
        return responses.render(request, template, context)
    found = suspects.of_record(user=request.user, record=record)
    context |= outcomes.context_of(request, record)
    merged = merged_lines.of_record(request.user, record) if history.is_merged else []
    context |= {"suspects": len(found), "merged": merged}
    return responses.render(request, "records/page.html", context)


def _asked(request: Request) -> tuple[Topic | None, int]:
    """Topic and cursor from the address; what is not understood is left out."""
    wanted, before = request.GET.get("art", ""), request.GET.get("vor", "")
    return outcomes.as_topic(wanted), int(before) if before.isdecimal() and len(before) < 19 else 0
