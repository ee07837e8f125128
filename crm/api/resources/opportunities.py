"""``/opportunities``: list, create, read, change, move, win, lose, open again."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.models import Company, Person
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.api.resources.opportunity_shapes import (
    CloseInput,
    MoveInput,
    OpportunityChange,
    OpportunityInput,
    OpportunityPage,
    OpportunitySerializer,
    OpportunityWhole,
)
from crm.kernel import clock, errors
from history import access
from history.models import Opportunity
from history.opportunities import deals, listing, moving, page, pipelines, reasons, words
from history.opportunities.narrowing import OWN, TEAM, Narrowing

TAG = "Opportunities"
MOST = 200
STATES = {"open": "offen", "won": "gewonnen", "lost": "verloren", "all": "alle"}
WHOSE = {"me": OWN, "team": TEAM}
PARAMETERS = [
    OpenApiParameter("q", str, description="Words of the title or company, or the number."),
    OpenApiParameter("state", str, enum=list(STATES), description="`open` unless said."),
    OpenApiParameter("whose", str, enum=list(WHOSE)),
    OpenApiParameter("without_next_step", bool),
    OpenApiParameter("stage", OpenApiTypes.INT),
    OpenApiParameter("pipeline", OpenApiTypes.INT),
    OpenApiParameter("after", str, description="`next` of the page before."),
    OpenApiParameter("before", str, description="`previous` of the page behind."),
    OpenApiParameter("limit", OpenApiTypes.INT, description=f"Rows of a page, 1 to {MOST}."),
]


class OpportunityView(View):
    """What all addresses of opportunities share."""

    writing = Permission.OPPORTUNITIES_EDIT

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Nobody reads without the permission."""
        super().initial(request, *args, **kwargs)
        policy.require(self.user, Permission.OPPORTUNITIES_VIEW)

    def opportunity(self, public_id: UUID) -> Opportunity:
        return access.opportunity_for(user=self.user, public_id=public_id)

    def rows(self, numbers: list[int]) -> QuerySet[Opportunity]:
        """Opportunities with whether the user may see whose they are."""
        companies = Company.objects.visible_to(self.user).order_by()
        persons = Person.objects.visible_to(self.user).order_by()
        related = ("company", "person", "stage", "close_reason", "owner", "team")
        return (
            Opportunity.objects.filter(pk__in=numbers)
            .select_related(*related)
            .annotate(
                company_is_seen=Exists(companies.filter(pk=OuterRef("company"))),
                person_is_seen=Exists(persons.filter(pk=OuterRef("person"))),
            )
        )

    def shown(self, deal: Opportunity) -> Any:
        """One opportunity, read afresh."""
        return OpportunitySerializer(self.rows([deal.pk]).get()).data

    def values(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body with the records that it names, as far as the user may see them."""
        for name, fetch in (("company", self.company), ("person", self.person)):
            if body.get(name):
                body[name] = fetch(body[name])
        return body


class OpportunityList(OpportunityView):
    """All opportunities that you may see."""

    @describe(
        tag=TAG,
        returns=OpportunityPage,
        refuses=(400, 401, 403),
        parameters=PARAMETERS,
        operation_id="opportunity_list",
    )
    def get(self, request: Request) -> Response:
        """List opportunities, the latest change first; a fixed number of queries."""
        query = request.query_params
        found = listing.read(
            user=self.user,
            narrowing=_narrowing(query),
            at=clock.now(),
            after=query.get("after", ""),
            before=query.get("before", ""),
            size=_limit(query.get("limit")),
        )
        numbers = [card.opportunity.pk for card in found.cards]
        rows = {row.pk: row for row in self.rows(numbers)}
        results = [rows[number] for number in numbers if number in rows]
        return Response(
            {
                "total": {"value": found.total, "is_capped": found.is_capped},
                "previous": found.previous,
                "next": found.next,
                "results": OpportunitySerializer(results, many=True).data,
            }
        )

    @describe(
        tag=TAG,
        body=OpportunityInput,
        returns=OpportunitySerializer,
        status=201,
        refuses=(400, 401, 403, 404, 409),
        operation_id="opportunity_create",
    )
    def post(self, request: Request) -> Response:
        """Create an opportunity in the first stage of its pipeline."""
        body = self.read(OpportunityInput)
        number = body.pop("pipeline", None)
        made = deals.create(
            actor=self.user,
            pipeline=pipelines.pipeline_for(number) if number else None,
            owner=body.pop("owner", None),
            team=body.pop("team", None),
            values=self.values(body),
            at=clock.now(),
        )
        return Response(self.shown(made), status=status.HTTP_201_CREATED)


class OpportunityDetail(OpportunityView):
    """One opportunity."""

    @describe(
        tag=TAG,
        returns=OpportunityWhole,
        refuses=(401, 403, 404),
        operation_id="opportunity_read",
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read an opportunity with everything that hangs on it; a fixed number of queries."""
        deal = self.opportunity(public_id)
        found = page.read(user=self.user, opportunity=deal, at=clock.now())
        seen = {
            member.stakeholder.person.public_id for member in found.members if member.person_is_seen
        }
        whole = {
            "opportunity": self.rows([deal.pk]).get(),
            "weighted": found.weighted,
            "stakeholders": found.members,
            "gap": words.gap(found.gap) if found.gap else "",
            "competitors": found.competitors,
            "score": found.score,
            "steps": found.steps,
            "next_step": next((step for step in found.activities if step.is_open), None),
        }
        return Response(OpportunityWhole(whole, context={"seen": seen}).data)

    @describe(
        tag=TAG,
        body=OpportunityChange,
        returns=OpportunitySerializer,
        refuses=(400, 401, 403, 404, 409),
        operation_id="opportunity_change",
    )
    def patch(self, request: Request, public_id: UUID) -> Response:
        """Change fields of an opportunity."""
        deal = self.opportunity(public_id)
        body = self.read(OpportunityChange, partial=True)
        changed = deals.update(
            actor=self.user,
            opportunity=deal,
            version=body.pop("version", None),
            values=self.values(body),
            at=clock.now(),
        )
        return Response(self.shown(changed))


class OpportunityMoving(OpportunityView):
    """To another stage."""

    @describe(
        tag=TAG,
        body=MoveInput,
        returns=OpportunitySerializer,
        refuses=(400, 401, 403, 404, 409),
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Move an open opportunity to a stage."""
        deal = self.opportunity(public_id)
        body = self.read(MoveInput)
        moved = moving.move(
            actor=self.user,
            opportunity=deal,
            stage=pipelines.stage_for(body["stage"]),
            version=body.get("version"),
            at=clock.now(),
        )
        return Response(self.shown(moved))


class OpportunityWinning(OpportunityView):
    """To its end."""

    act = staticmethod(moving.win)

    @describe(
        tag=TAG,
        body=CloseInput,
        returns=OpportunitySerializer,
        refuses=(400, 401, 403, 404, 409),
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Close an open opportunity, with a reason of that end."""
        deal = self.opportunity(public_id)
        body = self.read(CloseInput)
        closed = self.act(
            actor=self.user,
            opportunity=deal,
            reason=reasons.reason_for(body["reason"]),
            note=body.get("note", ""),
            at=clock.now(),
        )
        return Response(self.shown(closed))


class OpportunityLosing(OpportunityWinning):
    """To its end, lost."""

    act = staticmethod(moving.lose)


class OpportunityReopening(OpportunityView):
    """Back from its end."""

    @describe(tag=TAG, returns=OpportunitySerializer, refuses=(401, 403, 404))
    def post(self, request: Request, public_id: UUID) -> Response:
        """Open it again in the stage where it stood."""
        deal = self.opportunity(public_id)
        opened = moving.reopen(actor=self.user, opportunity=deal, at=clock.now())
        return Response(self.shown(opened))


def _narrowing(query: Any) -> Narrowing:
    state, whose = query.get("state", "open"), query.get("whose", "")
    wrong = {}
    if state not in STATES:
        wrong["state"] = [" | ".join(STATES)]
    if whose not in ("", *WHOSE):
        wrong["whose"] = [" | ".join(WHOSE)]
    if wrong:
        raise errors.Invalid(wrong)
    return Narrowing.read(
        {
            "zustand": STATES[state],
            "wessen": WHOSE.get(whose, ""),
            "ohne": "schritt" if query.get("without_next_step") == "true" else "",
            "stufe": query.get("stage", ""),
            "pipeline": query.get("pipeline", ""),
            "q": query.get("q", ""),
        }
    )


def _limit(text: str | None) -> int:
    if text is None:
        return listing.SIZE
    known = text.isascii() and text.isdecimal() and len(text) <= 3
    if not (known and 1 <= int(text) <= MOST):
        raise errors.Invalid({"limit": [f"1 – {MOST}"]})
    return int(text)
