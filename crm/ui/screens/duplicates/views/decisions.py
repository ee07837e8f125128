"""Decisions: making one, seeing them, taking one back."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contacts.contact_points import Record
from contacts.duplicates import decisions, suspects
from contacts.models import PairDecision
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.duplicates import cards
from crm.ui.screens.duplicates.cards import Card
from crm.ui.screens.duplicates.words import KINDS, Kind, kind_of
from crm.ui.screens.records import subject

PAGE = 50
Verdict = PairDecision.Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """A decision with the pages of its two records."""

    decision: PairDecision
    kind: Kind
    first: Record
    second: Record


@require_POST
@permitted(Permission.CONTACTS_EDIT)
def duplicate_decide(request: Request, kind: str, first: UUID, second: UUID) -> HttpResponse:
    """Decide of two records; for HTMX the answer is their card as it is now."""
    records = [subject.editable(request, kind, public_id) for public_id in (first, second)]
    verdict = _verdict(request)
    decision = decisions.decide(
        actor=request.user, first=records[0], second=records[1], verdict=verdict, at=clock.now()
    )
    home = way_back(request) or reverse("duplicate-record", args=[kind, first])
    undo = reverse("decision-withdraw", args=[decision.public_id])
    toasts.show(request, _told(decision), undo_url=f"{undo}?{urlencode({'zurueck': home})}")
    shown = responses.wants_fragment(request)
    card = _card(request, KINDS[kind], records[0]) if shown else None
    if card is None:
        return responses.redirect(request, home)
    context = {"card": card, "kind": KINDS[kind], "may_edit": True, "home": home}
    return responses.render(request, "duplicates/card.html", context)


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def decision_list(request: Request) -> HttpResponse:
    """The decisions that hold, the last one first."""
    rows = decisions.decisions_of(request.user).order_by("-pk")
    after = request.GET.get("after", "")
    if after.isascii() and after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    lines = [Line(each, kind_of(each.kind), *decisions.records_of(each)) for each in found[:PAGE]]
    context = {
        "lines": lines,
        "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None,
        "may_edit": bool(policy.may(request.user, Permission.CONTACTS_EDIT)),
    }
    return responses.render(request, "duplicates/decisions.html", context)


@require_POST
@permitted(Permission.CONTACTS_EDIT)
def decision_withdraw(request: Request, public_id: UUID) -> HttpResponse:
    """Take a decision back, and return to where that was asked for."""
    decision = decisions.decision_for(user=request.user, public_id=public_id)
    decisions.withdraw(actor=request.user, decision=decision, at=clock.now())
    toasts.show(request, _("Die Entscheidung ist zurückgenommen."))
    return responses.redirect(request, way_back(request) or "decision-list")


def _verdict(request: Request) -> Verdict:
    wanted = request.POST.get("verdict", "")
    if wanted not in Verdict.values:
        raise errors.Invalid({"verdict": [_("Bitte wählen Sie „dieselbe“ oder „verschieden“.")]})
    return Verdict(wanted)


def _told(decision: PairDecision) -> str:
    first, second = decisions.records_of(decision)
    names = {"first": first.full_name, "second": second.full_name}
    if decision.verdict == Verdict.SAME:
        return _("„%(first)s“ und „%(second)s“ sind dieselbe.") % names
    return _("„%(first)s“ und „%(second)s“ sind verschieden.") % names


def _card(request: Request, kind: Kind, record: Record) -> Card | None:
    """The card that was shown: of a group, or of one record."""
    number = request.POST.get("group", "")
    if number.isascii() and number.isdecimal() and len(number) < 19:
        group = suspects.group_for(user=request.user, kind=kind.code, number=int(number))
        return cards.card_of(kind, group)
    shown = _uuid(request.POST.get("record", "") or str(record.public_id))
    of = subject.seen(request, kind.word, shown)
    return cards.record_card(kind, of, user=request.user)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise errors.NotFound(public_id=text) from error


def way_back(request: Request) -> str:
    """The page that was left, if it is one of ours."""
    wanted = request.POST.get("zurueck") or request.GET.get("zurueck", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return ""
