"""``/leads``: slips of trade fairs, completed and decided."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.access import parsed
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.api.resources.event_shapes import (
    LeadChange,
    LeadDropInput,
    LeadMerged,
    LeadMergeInput,
    LeadPage,
    LeadTakeOverInput,
    LeadWholeSerializer,
)
from crm.kernel import clock, errors
from history.fairs import access, capturing, dropping, joining, listing, narrowing, taking_over
from history.fairs.narrowing import Narrowing
from history.models import LeadCapture

TAG = "Leads"
MOST = 200
STATES = {
    "open": "offen",
    "overdue": narrowing.LATE,
    "nameless": narrowing.NAMELESS,
    "taken_over": "uebernommen",
    "dropped": "ohne",
}
OPT_INS = {"yes": "ja", "no": "nein"}
PARAMETERS = [
    OpenApiParameter("event", OpenApiTypes.UUID, required=True, description="The fair."),
    OpenApiParameter("grade", str, enum=["A", "B", "C", "none"]),
    OpenApiParameter("state", str, enum=list(STATES)),
    OpenApiParameter("captured_by", OpenApiTypes.UUID),
    OpenApiParameter("opt_in", str, enum=list(OPT_INS), description="At least one yes, or none."),
    OpenApiParameter("q", str, description="Part of name, company or need."),
    OpenApiParameter("after", str, description="`next` of the page before."),
    OpenApiParameter("before", str, description="`previous` of the page behind."),
    OpenApiParameter("limit", OpenApiTypes.INT, description=f"Rows of a page, 1 to {MOST}."),
]
REFUSES = (400, 401, 403, 404, 409)


class LeadView(View):
    """What all addresses of leads share."""

    writing = Permission.HISTORY_RECORD

    def lead(self, public_id: UUID) -> LeadCapture:
        """The lead of the address, if the user may see its fair."""
        return access.lead_for(user=self.user, public_id=public_id)

    def shown(self, lead: LeadCapture) -> Any:
        """It as it is now, read afresh."""
        return LeadWholeSerializer(self.lead(lead.public_id)).data


class LeadList(LeadView):
    """The leads of a fair."""

    @describe(
        tag=TAG, returns=LeadPage, parameters=PARAMETERS, refuses=(400, 401, 403, 404),
        operation_id="lead_list",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List leads: overdue first, then by grade and promise; a fixed number of queries."""
        policy.require(self.user, Permission.HISTORY_VIEW)
        query = request.query_params
        if "event" not in query:
            raise errors.Invalid({"event": [_("Bitte nennen Sie die Messe.")]})
        found = listing.read(
            event=access.event_for(user=self.user, public_id=query["event"]),
            narrowing=_narrowing(query),
            at=clock.now(),
            after=query.get("after", ""),
            before=query.get("before", ""),
            size=_limit(query.get("limit")),
        )
        numbers = [lead.pk for lead in found.leads]
        rows = LeadCapture.objects.filter(pk__in=numbers).with_all()
        by_number = {
            row.pk: row for row in rows.prefetch_related("opt_ins__text", "files").order_by()
        }
        results = [by_number[number] for number in numbers if number in by_number]
        return Response(
            {
                "total": {"value": found.total, "is_capped": found.is_capped},
                "previous": found.previous,
                "next": found.next,
                "results": LeadWholeSerializer(results, many=True).data,
            }
        )


class LeadDetail(LeadView):
    """One lead."""

    @describe(
        tag=TAG, returns=LeadWholeSerializer, refuses=(401, 403, 404), operation_id="lead_read"
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read a lead."""
        return Response(LeadWholeSerializer(self.lead(public_id)).data)

    @describe(
        tag=TAG,
        body=LeadChange,
        returns=LeadWholeSerializer,
        refuses=REFUSES,
        operation_id="lead_edit",
    )
    def patch(self, request: Request, public_id: UUID) -> Response:
        """Complete or correct a slip; nothing happens if nothing differs."""
        found, body = self.lead(public_id), self.read(LeadChange, partial=True)
        version = body.pop("version", None)
        edited = capturing.edit(
            actor=self.user, lead=found, values=body, version=version, at=clock.now()
        )
        return Response(self.shown(edited))


class LeadTakingOver(LeadView):
    """Company, role and opportunity in one step."""

    @describe(
        tag=TAG, body=LeadTakeOverInput, returns=LeadWholeSerializer, refuses=REFUSES,
        operation_id="lead_take_over",
    )  # fmt: skip
    def post(self, request: Request, public_id: UUID) -> Response:
        """Make an opportunity of a lead, with everything carried over."""
        policy.require(self.user, Permission.OPPORTUNITIES_EDIT)
        found, body = self.lead(public_id), self.read(LeadTakeOverInput)
        if body.get("company"):
            body["company"] = self.company(body["company"].public_id)
        version = body.pop("version", None)
        taken = taking_over.take_over(
            actor=self.user, lead=found, values=body, version=version, at=clock.now()
        )
        return Response(self.shown(taken))


class LeadDropping(LeadView):
    """Nothing comes of it."""

    @describe(
        tag=TAG,
        body=LeadDropInput,
        returns=LeadWholeSerializer,
        refuses=REFUSES,
        operation_id="lead_drop",
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Give a lead up, with the reason; its follow-up is cancelled."""
        found, body = self.lead(public_id), self.read(LeadDropInput)
        dropped = dropping.drop(
            actor=self.user, lead=found, reason=body["reason"], version=body.get("version"),
            at=clock.now(),
        )  # fmt: skip
        return Response(self.shown(dropped))


class LeadTakingUp(LeadView):
    """It is looked at again."""

    @describe(
        tag=TAG,
        returns=LeadWholeSerializer,
        refuses=(401, 403, 404, 409),
        operation_id="lead_take_up",
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Open a lead again that was given up. Twice is once."""
        found = self.lead(public_id)
        return Response(self.shown(dropping.take_up(actor=self.user, lead=found, at=clock.now())))


class LeadJoining(LeadView):
    """The visitor is somebody who is known."""

    @describe(
        tag=TAG, body=LeadMergeInput, returns=LeadMerged, refuses=(*REFUSES, 422),
        operation_id="lead_merge",
    )  # fmt: skip
    def post(self, request: Request, public_id: UUID) -> Response:
        """Add the visitor to a known person; both sources stay, and the merge can be undone."""
        policy.require(self.user, Permission.CONTACTS_MERGE)
        found, body = self.lead(public_id), self.read(LeadMergeInput)
        merge = joining.join(
            actor=self.user,
            lead=found,
            person=self.person(body["person"]),
            version=body.get("version"),
            at=clock.now(),
        )
        return Response(LeadMerged({"merge": merge, "lead": self.lead(public_id)}).data)


def _narrowing(query: Any) -> Narrowing:
    grade = query.get("grade", "")
    rep = query.get("captured_by", "")
    number = 0
    if rep:
        found = User.objects.filter(public_id=parsed(rep)).first()
        number = found.pk if found else -1
    asked = {
        "note": narrowing.NO_GRADE if grade == "none" else grade,
        "zustand": STATES.get(query.get("state", ""), ""),
        "opt-in": OPT_INS.get(query.get("opt_in", ""), ""),
        "q": query.get("q", ""),
    }
    read = Narrowing.read(asked)
    return Narrowing(read.grade, read.state, number, read.opt_in, read.text)


def _limit(text: str | None) -> int:
    if text is None:
        return listing.SIZE
    known = text.isascii() and text.isdecimal() and len(text) <= 3
    if not (known and 1 <= int(text) <= MOST):
        raise errors.Invalid({"limit": [f"1 – {MOST}"]})
    return int(text)
