"""Read the audit log, and take it out as a file."""

from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from contacts import audit_files, audit_log
from contacts.tables import Format
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.audit.asking import asked


@require_GET
@permitted(Permission.AUDIT_VIEW)
def show(request: Request) -> HttpResponse:
    """One page of the log, with the conditions of the address."""
    wanted = asked(request)
    page = audit_log.page(
        reader=request.user, query=wanted.query, after=wanted.after, before=wanted.before
    )
    may_export = bool(policy.may(request.user, Permission.CONTACTS_EXPORT))
    context = {"asked": wanted, "page": page, "may_export": may_export}
    return responses.render(request, "audit/log.html", context, fragment="log")


@require_POST
@permitted(Permission.AUDIT_VIEW)
def export(request: Request) -> FileResponse:
    """What the conditions of the address leave, as CSV."""
    at = clock.now()
    query = asked(request).query
    return responses.download(
        lambda file: audit_files.export(actor=request.user, query=query, to=file, at=at),
        name=f"protokoll-{at:%Y-%m-%d}.csv",
        media_type=Format.CSV.media_type,
    )
