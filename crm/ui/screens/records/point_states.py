"""What is known of a contact point: confirmed, verified, its status, preferred."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts import contact_points, freshness
from contacts.models import ContactPointStatus
from crm.kernel import clock
from crm.ui import forms
from crm.ui.access import Request
from crm.ui.screens.records import outcomes, subject
from crm.ui.screens.records.forms.small import VerifyForm
from crm.ui.screens.records.points import ROW, anchor_of, holder_of


@require_POST
def confirm(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Somebody says that the contact point is right today."""
    record = subject.editable(request, kind, public_id)
    holder = holder_of(record, pk)
    freshness.confirm(actor=request.user, datum=holder, at=clock.now())
    text = _("%(value)s ist bestätigt.") % {"value": holder.contact_point.display}
    return outcomes.changed(request, record, text=text, anchor=anchor_of(holder))


@require_http_methods(["GET", "POST"])
def verify(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Remember how it turned out that the contact point works."""
    record = subject.editable(request, kind, public_id)
    holder = holder_of(record, pk)
    form = VerifyForm(subject.posted(request), auto_id=f"verify-{pk}-%s")
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda data: contact_points.verify(
                actor=request.user, holder=holder, how=data["how"], at=clock.now()
            ),
        )
        if saved:
            text = _("%(value)s ist geprüft.") % {"value": holder.contact_point.display}
            anchor = anchor_of(holder)
            return outcomes.changed(request, record, text=text, main=ROW, anchor=anchor, pk=pk)
    title = _("%(value)s prüfen") % {"value": holder.contact_point.display}
    return outcomes.form_page(
        request, record, "records/verify_form.html", form, title, main=ROW, pk=pk, holder=holder
    )


@require_POST
def status(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Mark as active, bounced, retired or given to somebody else."""
    record = subject.editable(request, kind, public_id)
    holder = holder_of(record, pk)
    before = holder.status
    wanted = request.POST.get("status") or request.GET.get("status", "")
    contact_points.set_status(actor=request.user, holder=holder, status=wanted, at=clock.now())
    label = ContactPointStatus(wanted).label
    text = _("%(value)s: %(status)s.") % {"value": holder.contact_point.display, "status": label}
    undo = f"{subject.url('record-point-status', record, pk)}?status={before}"
    return outcomes.changed(request, record, text=text, undo_url=undo, anchor=anchor_of(holder))


@require_POST
def prefer(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Prefer the contact point among those of its kind, or no longer."""
    record = subject.editable(request, kind, public_id)
    holder = holder_of(record, pk)
    values = {"is_preferred": not holder.is_preferred}
    contact_points.update(actor=request.user, holder=holder, values=values, at=clock.now())
    return outcomes.changed(request, record, anchor=anchor_of(holder))
