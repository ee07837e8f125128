"""Sure groups settled together: which, and what speaks against the others."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from contacts.duplicates import gathering
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import formats, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.duplicates import asking
from crm.ui.screens.duplicates.asking import Asked
from crm.ui.screens.duplicates.words import KINDS, signed


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONTACTS_MERGE)
def duplicate_bulk(request: Request, kind: str) -> HttpResponse:
    """What could be merged without a look at each, and why the rest could not; a POST does it."""
    asked = asking.asked(request, KINDS[kind])
    problem, threshold = "", gathering.threshold_of(asked.kind.code)
    try:
        threshold = _threshold(request, threshold)
        if request.method == "POST":
            return _settle(request, asked, threshold)
        found = gathering.candidates(
            user=request.user, kind=asked.kind.code, wanted=asked.wanted, threshold=threshold
        )
    except errors.Invalid as error:
        found, problem = [], error.message
    lines = [_line(asked, each) for each in found]
    context = {
        "kind": asked.kind,
        "asked": asked,
        "home": asked.list_url,
        "threshold": threshold,
        "problem": problem,
        "ready": [line for line in lines if not line["objection"]],
        "left": [line for line in lines if line["objection"]],
        "is_full": len(found) == gathering.MOST,
        "most": gathering.MOST,
    }
    return responses.render(
        request, "duplicates/bulk.html", context, status=422 if problem else 200
    )


def _settle(request: Request, asked: Asked, threshold: float) -> HttpResponse:
    numbers = _numbers(request)
    if not numbers:
        raise errors.Invalid({"gruppe": [_("Bitte wählen Sie mindestens eine Gruppe.")]})
    known: dict[str, Any] = {
        "actor": request.user, "kind": asked.kind.code, "numbers": numbers, "threshold": threshold,
        "at": clock.now(),
    }  # fmt: skip
    if request.POST.get("verdict") == "DIFFERENT":
        return _apart(request, asked, known)
    done = gathering.merge_all(**known)
    count = len(done.merged)
    text = ngettext(
        "%(n)s Gruppe ist zusammengeführt.", "%(n)s Gruppen sind zusammengeführt.", count
    )
    toasts.show(request, text % {"n": formats.number(count)}, kind="yes" if count else "check")
    if done.left:
        number, reason = done.left[0]
        words = {"n": formats.number(len(done.left)), "number": number, "reason": reason}
        told = ngettext(
            "%(n)s Gruppe blieb: %(reason)s (Gruppe %(number)s).",
            "%(n)s Gruppen blieben, die erste (Gruppe %(number)s): %(reason)s.",
            len(done.left),
        )
        toasts.show(request, told % words, kind="check")
    return responses.redirect(request, "merge-list" if count else asked.list_url)


def _apart(request: Request, asked: Asked, known: dict[str, Any]) -> HttpResponse:
    made = gathering.tell_all_apart(**known)
    if made:
        undo = reverse("decision-undo", args=[made[0].public_id])
        toasts.show(
            request,
            _("Die gewählten Gruppen gelten als verschieden."),
            undo_url=f"{undo}?{urlencode({'zurueck': request.get_full_path()})}",
        )
    return responses.redirect(request, request.get_full_path())


def _line(asked: Asked, each: gathering.Candidate) -> dict[str, Any]:
    return {
        "number": each.number,
        "url": asked.group_url(each.number),
        "names": " · ".join(dict.fromkeys(record.full_name for record in each.records)),
        "sources": ", ".join(dict.fromkeys(record.source.name for record in each.records)),
        "count": len(each.records),
        "bits": signed(each.strength),
        "objection": each.objection,
    }


def _threshold(request: Request, usual: float) -> float:
    text = (request.POST.get("ab") or request.GET.get("ab") or "").replace(",", ".")
    try:
        return float(text) if text else usual
    except ValueError as error:
        raise errors.Invalid({"threshold": [_("Bitte geben Sie eine Zahl an.")]}) from error


def _numbers(request: Request) -> list[int]:
    texts = request.POST.getlist("gruppe")
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19]
