"""Photos and memos of a slip."""

from typing import Final
from uuid import UUID

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from crm.accounts.policy import Permission
from crm.kernel import errors
from crm.ui.access import Request, permitted
from crm.ui.screens.fairs import asked

SHOWN: Final = frozenset(
    {"image/jpeg", "image/png", "image/webp", "audio/webm", "audio/mp4", "audio/mpeg", "audio/ogg"}
)
"""What a browser shows or plays without being able to run anything in it."""


@require_GET
@permitted(Permission.HISTORY_VIEW)
def lead_file(request: Request, public_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file as it was captured; what is neither picture nor sound is only saved."""
    lead = asked.lead(request, public_id)
    file = lead.files.select_related("stored").filter(public_id=file_id).first()
    if file is None or file.stored is None or file.stored.erased_at is not None:
        raise errors.NotFound(public_id=str(file_id))
    is_shown = file.stored.media_type in SHOWN
    return FileResponse(
        file.stored.file.open("rb"),
        as_attachment=not is_shown,
        filename=file.name,
        content_type=file.stored.media_type if is_shown else "application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"},
    )
