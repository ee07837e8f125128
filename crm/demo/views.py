"""``/demo/postausgang/``: mails and SMS of the demo, so that their links can be followed."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from crm.demo import outbox as sent
from crm.kernel import errors
from crm.ui import responses
from crm.ui.access import Request


@require_GET
def outbox(request: Request) -> HttpResponse:
    """The newest, for everybody who is logged in to the demo."""
    if settings.DEMO_OUTBOX is None:
        raise errors.NotFound
    found = sent.messages(mails=settings.DEMO_OUTBOX, texts=Path(settings.SMS_FILE_PATH))
    return responses.render(request, "demo/outbox.html", {"messages_sent": found})
