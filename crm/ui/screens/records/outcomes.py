"""What the browser gets: a form in place or on a page of its own, and the record after a change."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpResponse, QueryDict

from consent import criteria, lights
from consent.lights import Way
from contacts import changes
from contacts.change_topics import Topic
from contacts.contact_points import Record
from contacts.models import Person
from contacts.profile import Profile
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms as refusals
from crm.ui import responses, toasts
from crm.ui.access import Request
from crm.ui.screens.records import subject


def context_of(request: Request, record: Record) -> dict[str, Any]:
    """What the templates of a record's page and of its parts need."""
    profile = subject.profile_of(request, record)
    return {
        "record": record,
        "kind": subject.kind_of(record),
        "is_person": isinstance(record, Person),
        "home": subject.url_of(record),
        "profile": profile,
        "today": clock.today(),
        "may_edit": bool(policy.may(request.user, Permission.CONTACTS_EDIT)),
        "may_merge": bool(policy.may(request.user, Permission.CONTACTS_MERGE)),
        "may_assign": bool(policy.may(request.user, Permission.CONTACTS_ASSIGN)),
        "may_dial": isinstance(record, Person)
        and bool(policy.may(request.user, Permission.HISTORY_RECORD)),
        "ways": ways_to(request, record, profile=profile),
        "consent_codes": criteria.TURNED_BY_CONSENT,
    }


def ways_to(request: Request, record: Record, *, profile: Profile | None = None) -> dict[int, Way]:
    """What may be done over each contact point of a person, by its number."""
    if not isinstance(record, Person) or not policy.may(request.user, Permission.CONSENT_VIEW):
        return {}
    return lights.of(record, at=clock.now(), profile=profile)


def form_page(
    request: Request,
    record: Record,
    template: str,
    form: forms.Form,
    title: str,
    *,
    main: str,
    **more: Any,
) -> HttpResponse:
    """The form of a part: for HTMX it alone, else on a page with a heading.

    With ``?abbrechen`` it is ``main`` instead, the part as it stands.
    """
    if "abbrechen" in request.GET and responses.wants_fragment(request):
        shown = context_of(request, subject.fetch_again(record)) | more
        return responses.render(request, main, shown)
    context = {
        "record": record,
        "kind": subject.kind_of(record),
        "is_person": isinstance(record, Person),
        "home": subject.url_of(record),
        "form": form,
        "title": title,
        **more,
    }
    if responses.wants_fragment(request):
        return responses.render(request, template, context, status=refusals.status_of(form))
    return responses.render(
        request,
        "records/form_page.html",
        {**context, "form_template": template, "alone": True},
        status=refusals.status_of(form),
    )


def changed(
    request: Request,
    record: Record,
    *,
    text: str = "",
    undo_url: str = "",
    main: str = "",
    anchor: str = "",
    **more: Any,
) -> HttpResponse:
    """The record after a change: fresh parts for HTMX, else its page.

    ``main`` is the template that takes the place of the form; everything else on the page that
    is not being edited is renewed out of band.
    """
    if text:
        toasts.show(request, text, undo_url=undo_url)
    if not responses.wants_fragment(request):
        return responses.redirect(request, subject.url_of(record, anchor=anchor))
    fresh = subject.fetch_again(record)
    topic = topic_shown(request)
    history = changes.page(record=fresh, reader=request.user, topic=topic)
    context = context_of(request, fresh) | {"history": history, "topic": topic}
    return responses.render(
        request, "records/changed.html", context | {"main": main, "oob": True, **more}
    )


def topic_shown(request: Request) -> Topic | None:
    """The topic that the page in the browser shows the history of."""
    query = QueryDict(urlsplit(request.htmx.current_url or "").query)
    return as_topic(query.get("art", ""))


def as_topic(text: str) -> Topic | None:
    """The topic of that name in an address; None if there is none."""
    return Topic(text) if text in list(Topic) else None
