"""A group, or any records, side by side: who stays, which values, who is no part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from contacts import merging
from contacts.contact_points import Record
from contacts.duplicates import suspects
from contacts.duplicates.suspects import Group
from contacts.merging import Preview
from contacts.merging.fields import names_of
from contacts.merging.refusals import day
from contacts.models import PairDecision
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.duplicates import asking, cards, happening, posted, sides, sitting
from crm.ui.screens.duplicates.asking import Asked
from crm.ui.screens.duplicates.posted import Posted
from crm.ui.screens.duplicates.words import KINDS, list_url


@dataclass(frozen=True, slots=True)
class Compared:
    """The records that are compared; ``group`` if they are one of the queue."""

    asked: Asked
    members: Sequence[Record]
    group: Group | None = None

    @property
    def url(self) -> str:
        """Where this comparison is."""
        if self.group is not None:
            return self.asked.group_url(self.group.number)
        ids = [("eintrag", str(each.public_id)) for each in self.members]
        address = reverse("duplicate-compare", args=[self.asked.kind.word])
        return f"{address}?{urlencode(ids)}"


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def duplicate_group(request: Request, kind: str, number: int) -> HttpResponse:
    """One group: side by side for who may merge, else what speaks for and against it."""
    asked = asking.asked(request, KINDS[kind])
    group = suspects.group_for(user=request.user, kind=asked.kind.code, number=number)
    if len(group.members) > 1 and policy.may(request.user, Permission.CONTACTS_MERGE):
        return comparison(request, Compared(asked, group.members, group), posted.read(request.GET))
    context = {
        "kind": asked.kind,
        "card": cards.card_of(asked.kind, group),
        "home": list_url(asked.kind),
        "may_edit": bool(policy.may(request.user, Permission.CONTACTS_EDIT)),
    }
    return responses.render(request, "duplicates/group.html", context)


@require_GET
@permitted(Permission.CONTACTS_MERGE)
def duplicate_compare(request: Request, kind: str) -> HttpResponse:
    """Any records side by side, whether they are suspected or not."""
    asked = asking.asked(request, KINDS[kind])
    members = records_of(request, asked, request.GET.getlist("eintrag"))
    return comparison(request, Compared(asked, members), posted.read(request.GET))


def records_of(request: Request, asked: Asked, ids: Sequence[str]) -> list[Record]:
    """The records that a form names, with what a column says of them."""
    found = merging.records_for(
        user=request.user, kind=asked.kind.code, public_ids=list(dict.fromkeys(ids))
    )
    related = ["source"]
    if asked.kind.word == "ansprechpartner":
        related.append("employments__company")
    prefetch_related_objects(found, *related)
    return found


def comparison(
    request: Request, compared: Compared, form: Posted, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page, or for HTMX the table and what follows from it."""
    members = compared.members
    preview, shown = _preview(request, members, form)
    table = sides.sides(preview, members, out=form.out)
    context: dict[str, Any] = {
        "kind": compared.asked.kind,
        "asked": compared.asked,
        "compared": compared,
        "group": compared.group,
        "sides": table,
        "preview": preview,
        "is_possible": shown,
        "versions": [f"{who}:{number}" for who, number in preview.versions.items()],
        "letters": sides.letters_of(table.columns),
        "happenings": happening.happenings(preview, table.columns) if shown else [],
        "against": [_against(each, table.columns) for each in preview.decisions],
        "refusal": refusal or (preview.refusal if shown else ""),
    }
    if not responses.wants_fragment(request):
        context |= _around(request, compared)
    return responses.render(
        request, "duplicates/review.html", context, fragment="sides", status=status
    )


def _preview(request: Request, members: Sequence[Record], form: Posted) -> tuple[Preview, bool]:
    """What would happen; if fewer than two are left, of all, and that it is not possible."""
    part = form.part(members)
    is_possible = len(part) > 1
    records = part if is_possible else list(members)
    survivor = form.stays(members) if is_possible else None
    choices = form.kept(members, names_of(type(members[0]))) if is_possible else {}
    return (
        merging.preview(actor=request.user, records=records, survivor=survivor, choices=choices),
        is_possible,
    )


def _around(request: Request, compared: Compared) -> dict[str, Any]:
    """What stands around the table: why, how far, what comes next."""
    asked, group = compared.asked, compared.group
    if group is None:
        return {"home": list_url(asked.kind)}
    behind = sitting.following(request, asked, group.number)
    before = sitting.before(request, asked, group.number)
    return {
        "home": asked.list_url,
        "card": cards.card_of(asked.kind, group),
        "progress": sitting.progress(request, asked),
        "next_url": asked.group_url(behind) if behind is not None else "",
        "previous_url": asked.group_url(before) if before is not None else "",
    }


def _against(decision: PairDecision, columns: Sequence[sides.Column]) -> dict[str, str]:
    """A decision that two of them are different, with their letters."""
    first = decision.first_person_id or decision.first_company_id
    second = decision.second_person_id or decision.second_company_id
    letters = [each.letter for each in columns if each.record.pk in (first, second)]
    return {
        "letters": "–".join(letters),
        "day": day(decision.decided_at),
        "who": str(decision.decided_by.full_name if decision.decided_by else ""),
    }
