"""``/messen/<id>/aushang/``: the notice of the stand, to be printed and hung up."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui.access import Request, permitted
from crm.ui.screens.optin import public
from history.fairs import posters
from history.models import Event

PRINTED = {"de": "de", "en": "en", public.PLAIN: "plain"}


@require_safe
@permitted(Permission.HISTORY_VIEW)
def poster(request: Request, public_id: UUID) -> HttpResponse:
    """The PDF, for everybody who sees the event; ``?sprache=`` as on the public pages."""
    rows = Event.objects.visible_to(request.user).select_related("controller")
    event = rows.filter(public_id=public_id).first()
    if event is None:
        raise errors.NotFound(public_id=str(public_id))
    language = PRINTED.get(request.GET.get("sprache", ""), "de")
    made = posters.pdf(event, language=language, at=clock.now())
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="aushang-{language}.pdf"'
    return response
