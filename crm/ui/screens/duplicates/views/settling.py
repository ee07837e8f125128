"""Settling a group: merge, tell apart, put off; each leads to the next group at once."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts import merging
from contacts.contact_points import Record
from contacts.duplicates import decisions, settling, suspects
from contacts.merging import refusals
from contacts.models import Merge
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.refusals import status_of
from crm.ui.screens.duplicates import asking, posted, sitting
from crm.ui.screens.duplicates.asking import Asked
from crm.ui.screens.duplicates.posted import Posted
from crm.ui.screens.duplicates.views.decisions import way_back
from crm.ui.screens.duplicates.views.review import Compared, comparison, records_of
from crm.ui.screens.duplicates.words import KINDS
from crm.ui.screens.records import subject


@require_POST
@permitted(Permission.CONTACTS_MERGE)
def duplicate_merge(request: Request, kind: str) -> HttpResponse:
    """Make the records one, without those that were said to be no part of it."""
    asked, number = asking.asked(request, KINDS[kind]), _number(request)
    behind = sitting.following(request, asked, number) if number is not None else None
    try:
        members = records_of(request, asked, request.POST.getlist("eintrag"))
    except refusals.AlreadyMerged as refusal:
        toasts.show(request, refusal.message, kind="check")
        return _on(request, asked, number, behind)
    form = posted.read(request.POST)
    try:
        merge = _merge(request, members, form)
    except (errors.Conflict, refusals.MergeRefused) as refusal:
        return _again(request, asked, members, number, form, refusal)
    toasts.show(request, _told(merge, form), undo_url=_undo_url(request, asked, number, merge))
    if number is None:
        return responses.redirect(request, subject.url_of(merging.survivor_of(merge)))
    return _on(request, asked, number, behind)


@require_POST
@permitted(Permission.CONTACTS_EDIT)
def duplicate_apart(request: Request, kind: str) -> HttpResponse:
    """None of the records is another of them."""
    asked, number = asking.asked(request, KINDS[kind]), _number(request)
    behind = sitting.following(request, asked, number) if number is not None else None
    members = records_of(request, asked, request.POST.getlist("eintrag"))
    made = settling.tell_apart(actor=request.user, records=members, at=clock.now())
    names = " · ".join(dict.fromkeys(each.full_name for each in members))
    undo = reverse("decision-undo", args=[made[0].public_id])
    home = _home(asked, number) or reverse("decision-list")
    toasts.show(
        request,
        _("Verschieden: %(names)s.") % {"names": names},
        undo_url=f"{undo}?{urlencode({'zurueck': home})}",
    )
    return _on(request, asked, number, behind)


@require_POST
@permitted(Permission.CONTACTS_VIEW)
def duplicate_later(request: Request, kind: str, number: int) -> HttpResponse:
    """Show the group again at the end of this sitting."""
    asked = asking.asked(request, KINDS[kind])
    suspects.group_for(user=request.user, kind=asked.kind.code, number=number)
    behind = sitting.following(request, asked, number)
    sitting.put_off(request, asked, number)
    if behind is None:
        toasts.show(request, _("Das ist die letzte offene Gruppe."), kind="")
        behind = number
    return responses.redirect(request, asked.group_url(behind))


@require_POST
@permitted(Permission.CONTACTS_MERGE)
def settling_undo(request: Request, public_id: UUID) -> HttpResponse:
    """Take back what was just done: the merge, and who was said to be no part of it."""
    merge = merging.merge_for(user=request.user, public_id=public_id)
    settling.undo(actor=request.user, merge=merge, at=clock.now())
    toasts.show(request, _("Die Zusammenführung ist zurückgenommen."))
    return responses.redirect(request, way_back(request) or "merge-list")


@require_POST
@permitted(Permission.CONTACTS_EDIT)
def decision_undo(request: Request, public_id: UUID) -> HttpResponse:
    """Take back all that was decided with this decision at once."""
    decision = decisions.decision_for(user=request.user, public_id=public_id)
    settling.undo_telling_apart(actor=request.user, decision=decision, at=clock.now())
    toasts.show(request, _("Die Entscheidung ist zurückgenommen."))
    return responses.redirect(request, way_back(request) or "decision-list")


def _merge(request: Request, members: list[Record], form: Posted) -> Merge:
    part = form.part(members)
    survivor = form.stays(members)
    proposed = merging.preview(actor=request.user, records=part, survivor=survivor)
    stays = proposed.survivor
    return settling.settle(
        actor=request.user,
        survivor=stays,
        others=[each for each in part if each.pk != stays.pk],
        apart=[each for each in members if each.public_id in form.out],
        choices=form.against(proposed),
        despite_decision=form.despite_decision,
        versions=form.versions,
        at=clock.now(),
    )


def _again(
    request: Request, asked: Asked, members: list[Record], number: int | None, form: Posted,
    refusal: errors.DomainError,
) -> HttpResponse:  # fmt: skip
    """The same comparison as it is now, with the reason.

    :raises errors.DomainError: the refusal, if there is nothing to compare
    """
    if len(members) < 2:
        raise refusal
    group = None
    if number is not None:
        group = suspects.group_for(user=request.user, kind=asked.kind.code, number=number)
    return comparison(
        request, Compared(asked, members, group), form, refusal=refusal.message,
        status=status_of(refusal),
    )  # fmt: skip


def _told(merge: Merge, form: Posted) -> str:
    survivor, *others = list(merge.members.all())
    text = _("Zusammengeführt: %(others)s in %(survivor)s.") % {
        "others": ", ".join(each.label for each in others),
        "survivor": survivor.label,
    }
    if form.out:
        text += " " + _("Wer nicht dazugehört, gilt als verschieden.")
    return text


def _undo_url(request: Request, asked: Asked, number: int | None, merge: Merge) -> str:
    undo = reverse("settling-undo", args=[merge.public_id])
    home = _home(asked, number) or reverse("merge-list")
    return f"{undo}?{urlencode({'zurueck': home})}"


def _home(asked: Asked, number: int | None) -> str:
    return asked.group_url(number) if number is not None else ""


def _on(request: Request, asked: Asked, number: int | None, behind: int | None) -> HttpResponse:
    """To what is left of the same group, else to the next one, else to the list."""
    if number is not None and sitting.is_open(request, asked, number):
        return responses.redirect(request, asked.group_url(number))
    if behind is not None:
        return responses.redirect(request, asked.group_url(behind))
    return responses.redirect(request, asked.list_url)


def _number(request: Request) -> int | None:
    """The group of the queue, if the comparison is one."""
    text = request.POST.get("gruppe", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
