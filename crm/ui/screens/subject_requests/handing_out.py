"""Files of a request: the package and the letters."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from consent.models import VaultItem
from consent.requests import cases, letters, packages
from consent.requests.letters import Letter
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui.access import Request, permitted


@require_POST
@permitted(Permission.REQUESTS_MANAGE)
def package(request: Request, public_id: UUID) -> HttpResponse:
    """Everything about the person, or what they provided, as a ZIP."""
    case = cases.case_for(user=request.user, public_id=public_id)
    content = packages.make(actor=request.user, case=case, at=clock.now())
    return _file(content, f"antrag-{case.number}.zip", "application/zip")


@require_GET
@permitted(Permission.REQUESTS_MANAGE)
def letter(request: Request, public_id: UUID, kind: str) -> HttpResponse:
    """A letter as PDF; that about an erasure lies in the vault."""
    case = cases.case_for(user=request.user, public_id=public_id)
    if kind not in list(Letter):
        raise errors.NotFound(letter=kind)
    locked = VaultItem.objects.filter(model=case._meta.label_lower, row=str(case.pk)).first()
    if locked is not None and kind == Letter.DONE:
        with locked.file.open("rb") as file:
            content = file.read()
    else:
        content = letters.write(case=case, letter=Letter(kind), at=clock.now())
    return _file(content, f"schreiben-{case.number}-{kind}.pdf", "application/pdf")


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
