"""Removing what can be put back: the way back is a signed token in the message's button."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts import contact_points, external_ids, restoring
from contacts.contact_points import Record
from contacts.models import Source
from contacts.restoring import RemovedPoint
from crm.kernel import clock, errors
from crm.ui.access import Request
from crm.ui.screens.records import outcomes, subject
from crm.ui.screens.records.points import holder_of

SALT = "records.removals"
SECONDS = 60 * 60


@require_POST
def point_away(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Take a contact point from the record."""
    record = subject.editable(request, kind, public_id)
    holder = holder_of(record, pk)
    undo = _way_back("record-point-back", record, RemovedPoint.of(holder).as_dict())
    contact_points.remove(actor=request.user, holder=holder, at=clock.now())
    text = _("%(value)s ist entfernt.") % {"value": holder.contact_point.display}
    return outcomes.changed(
        request, record, text=text, undo_url=undo, anchor="kontaktwege", gone=f"weg-{pk}"
    )


@require_POST
def point_back(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Give it back."""
    record = subject.editable(request, kind, public_id)
    removed = RemovedPoint(**_remembered(request, record))
    restoring.restore_point(actor=request.user, record=record, removed=removed, at=clock.now())
    return outcomes.changed(request, record, anchor="kontaktwege")


@require_POST
def number_away(request: Request, kind: str, public_id: UUID, pk: int) -> HttpResponse:
    """Forget a number in another system."""
    record = subject.editable(request, kind, public_id)
    number = record.external_ids.filter(pk=pk).first()
    if number is None:
        raise errors.NotFound
    memory = {"system": number.system, "value": number.value, "source": number.source_id}
    undo = _way_back("record-number-back", record, memory)
    external_ids.remove(actor=request.user, number=number, at=clock.now())
    text = _("Die Nummer %(number)s ist entfernt.") % {"number": number}
    return outcomes.changed(request, record, text=text, undo_url=undo, anchor="nummern")


@require_POST
def number_back(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Remember it again."""
    record = subject.editable(request, kind, public_id)
    memory = _remembered(request, record)
    source = Source.objects.get(pk=memory.pop("source"))
    external_ids.add(actor=request.user, record=record, source=source, at=clock.now(), **memory)
    return outcomes.changed(request, record, anchor="nummern")


def _way_back(name: str, record: Record, memory: dict[str, Any]) -> str:
    token = signing.dumps({"of": str(record.public_id), **memory}, salt=SALT, compress=True)
    return f"{subject.url(name, record)}?{urlencode({'was': token})}"


def _remembered(request: Request, record: Record) -> dict[str, Any]:
    try:
        memory: dict[str, Any] = signing.loads(
            request.GET.get("was", ""), salt=SALT, max_age=SECONDS
        )
    except signing.BadSignature as error:
        raise errors.Conflict(
            _("Zum Rückgängigmachen ist es zu spät; tragen Sie die Angabe bitte neu ein.")
        ) from error
    if memory.pop("of") != str(record.public_id):
        raise errors.NotFound
    return memory
