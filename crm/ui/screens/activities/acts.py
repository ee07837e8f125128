"""What becomes of an activity: one POST each, back to where it was asked."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.activities import answers, lines
from history import activities
from history.activities import due


@require_POST
@permitted(Permission.HISTORY_RECORD)
def complete(request: Request, public_id: UUID) -> HttpResponse:
    """It is done; the message takes it back."""
    activity = activities.activity_for(user=request.user, public_id=public_id)
    activities.complete(actor=request.user, activity=activity, at=clock.now())
    text = _("Erledigt: %(subject)s") % {"subject": activity.subject}
    toasts.show(request, text, undo_url=_way_back(request, public_id))
    return answers.back(request)


@require_POST
@permitted(Permission.HISTORY_RECORD)
def reopen(request: Request, public_id: UUID) -> HttpResponse:
    """It is to be done after all."""
    activity = activities.activity_for(user=request.user, public_id=public_id)
    activities.reopen(actor=request.user, activity=activity, at=clock.now())
    toasts.show(request, _("Wieder offen: %(subject)s") % {"subject": activity.subject})
    return answers.back(request)


@require_POST
@permitted(Permission.HISTORY_RECORD)
def postpone(request: Request, public_id: UUID) -> HttpResponse:
    """Put it off to what ``when`` says."""
    activity = activities.activity_for(user=request.user, public_id=public_id)
    now = clock.now()
    try:
        to = due.of(request.POST.get("when", ""), at=now)
        moved = activities.postpone(actor=request.user, activity=activity, to=to, at=now)
    except errors.Invalid as refused:
        toasts.show(request, refused.message, kind="no")
        return answers.back(request)
    day = lines.when(moved, at=now)
    toasts.show(
        request, _("%(subject)s: verschoben auf %(day)s") % {"subject": moved.subject, "day": day}
    )
    return answers.back(request)


@require_POST
@permitted(Permission.HISTORY_RECORD)
def cancel(request: Request, public_id: UUID) -> HttpResponse:
    """It will not be done."""
    activity = activities.activity_for(user=request.user, public_id=public_id)
    activities.cancel(actor=request.user, activity=activity, at=clock.now())
    text = _("Abgesagt: %(subject)s") % {"subject": activity.subject}
    toasts.show(request, text, undo_url=_way_back(request, public_id))
    return answers.back(request, refresh=True)


def _way_back(request: Request, public_id: UUID) -> str:
    """What takes it back, and returns to the same page."""
    query = urlencode({"next": answers.next_of(request)})
    return f"{reverse('activity-reopen', args=[public_id])}?{query}"
