"""Files of the desk: dossiers, reports, receipts, evidence."""

from uuid import UUID

from django.http import FileResponse, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from consent import consents, evidences
from consent.desk import audits, dossiers, files, receipts, reports
from consent.desk.reports import Report
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.privacy.forms import DossierForm


@require_POST
@permitted(Permission.CONSENT_AUDIT)
def dossier(request: Request) -> HttpResponseBase:
    """The dossier of § 7a for one number."""
    form = DossierForm(request.POST)
    if not form.is_valid():
        raise errors.NotFound
    values = form.cleaned_data
    try:
        made = dossiers.make(
            actor=request.user, value=values["value"], channel=values["channel"], at=clock.now()
        )
    except (errors.Invalid, errors.DomainError) as error:
        toasts.show(request, error.message)
        return responses.redirect(request, "privacy-desk")
    return _file(made, values["format"] or "pdf")


@require_POST
@permitted(Permission.CONSENT_AUDIT)
def report(request: Request) -> HttpResponse:
    """The audit report, as it stands now."""
    wanted = request.POST.get("format", "pdf")
    if wanted not in reports.FORMS:
        raise errors.NotFound
    return _file(audits.make(actor=request.user, at=clock.now()), wanted)


@require_GET
@permitted(Permission.CONSENT_AUDIT)
def receipt(request: Request, public_id: UUID) -> JsonResponse:
    """One consent as a receipt after ISO/IEC TS 27560."""
    (found,) = files.of([consents.consent_for(public_id)])
    return JsonResponse(
        receipts.receipt(found),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="quittung-{public_id}.json"'},
    )


@require_GET
@permitted(Permission.CONSENT_AUDIT)
def evidence(request: Request, sha256: str) -> FileResponse:
    """A piece of evidence, always as a download: somebody else made it."""
    found = evidences.evidence_for(sha256)
    return FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=evidences.file_name(found),
        content_type=found.media_type,
    )


def _file(made: Report, wanted: str) -> HttpResponse:
    file = reports.file_of(made, wanted)
    return HttpResponse(
        file.content,
        content_type=file.media_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )
