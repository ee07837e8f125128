"""Taking a merge back: first what that means, then the act; a whole day; doing it again."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from contacts import merging
from contacts.difference_texts import LABELS
from contacts.merging import UndoPreview
from contacts.merging.reviving import Restored
from contacts.models import Merge
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import formats, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.refusals import status_of
from crm.ui.screens.duplicates.values import counted, row_text, text_of
from crm.ui.screens.merging import lines
from crm.ui.screens.records import subject

KEEP = "behalten"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of the survivor: what it is now and what it becomes."""

    label: str
    now: str
    then: str
    note: str


@dataclass(frozen=True, slots=True)
class AddedLine:
    """A row that came since and belongs to one that is restored; ``ref`` keeps it back."""

    ref: str
    text: str
    note: str
    record: str


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONTACTS_MERGE)
def merge_undo(request: Request, public_id: UUID) -> HttpResponse:
    """What taking the merge back means; a POST does it."""
    merge = merging.merge_for(user=request.user, public_id=public_id)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            undone = merging.undo(
                actor=request.user,
                merge=merge,
                keep_with_survivor=request.POST.getlist(KEEP),
                at=clock.now(),
            )
        except errors.Conflict as error:
            refusal, status = error.message, status_of(error)
            merge = merging.merge_for(user=request.user, public_id=public_id)
        else:
            toasts.show(
                request,
                _("Zurückgenommen: %(names)s.") % {"names": lines.line_of(undone).others},
                undo_url=reverse("merge-redo", args=[public_id]),
            )
            return responses.redirect(request, subject.url_of(merging.survivor_of(undone)))
    context: dict[str, Any] = {"line": lines.line_of(merge), "refusal": refusal}
    if merge.undone_at is None:
        context |= _told(merging.undo_preview(actor=request.user, merge=merge))
    return responses.render(request, "merging/undo.html", context, status=status)


@require_POST
@permitted(Permission.CONTACTS_MERGE)
def merge_redo(request: Request, public_id: UUID) -> HttpResponse:
    """Make the records one again, with the same choices."""
    merge = merging.merge_for(user=request.user, public_id=public_id)
    made = merging.redo(actor=request.user, merge=merge, at=clock.now())
    toasts.show(
        request,
        _("Wieder zusammengeführt: %(names)s.") % {"names": lines.line_of(made).others},
        undo_url=reverse("settling-undo", args=[made.public_id]),
    )
    return responses.redirect(request, subject.url_of(merging.survivor_of(made)))


@require_POST
@permitted(Permission.DUPLICATES_AUTOMATE)
def merge_day_undo(request: Request, day: str) -> HttpResponse:
    """Take back what was merged without asking on a day."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise errors.NotFound(day=day) from error
    done = merging.automatic.undo_day(actor=request.user, day=wanted, at=clock.now())
    count = len(done.undone)
    words = {"n": formats.number(count), "day": formats.day(wanted)}
    text = ngettext(
        "%(n)s Zusammenführung vom %(day)s ist zurückgenommen.",
        "%(n)s Zusammenführungen vom %(day)s sind zurückgenommen.",
        count,
    )
    toasts.show(request, text % words)
    for merge, refusal in done.refused[:5]:
        toasts.show(request, f"{_names(merge)}: {refusal}", kind="check")
    if more := len(done.refused[5:]):
        told = _("%(n)s weitere ließen sich nicht zurücknehmen.") % {"n": formats.number(more)}
        toasts.show(request, told, kind="check")
    return responses.redirect(request, "merge-list")


def _told(preview: UndoPreview) -> dict[str, Any]:
    owner = type(preview.survivor)
    return {
        "preview": preview,
        "fields": [line for each in preview.fields if (line := _field(each))],
        "returning": [counted(each.model, "", each.count, owner) for each in preview.returning],
        "gone": [counted(each.model, "", each.count, owner) for each in preview.gone],
        "staying": [counted(each.model, "", each.count, owner) for each in preview.staying],
        "belonging": [
            AddedLine(each.ref, *row_text(each.row, owner), each.record.full_name)
            for each in preview.belonging
        ],
    }


def _field(each: Restored) -> FieldLine | None:
    """A column that people know by name; the others go along without a word."""
    if each.name not in LABELS or each.now == each.before:
        return None
    note = ""
    if each.is_edited:
        note = _("seitdem bearbeitet, bleibt so")
    elif each.later is not None:
        note = _("eine spätere Zusammenführung hat das geändert, bleibt so")
    then = each.before if each.is_set_back else each.now
    return FieldLine(str(LABELS[each.name]), _text(each, each.now), _text(each, then), note)


def _text(each: Restored, value: Any) -> str:
    if each.name in ("birth_date", "confirmed_on") and value:
        value = date.fromisoformat(value)
    return text_of(each.name, value)


def _names(merge: Merge) -> str:
    return ", ".join(member.label for member in merge.members.all())
