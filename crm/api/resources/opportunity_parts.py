"""Who has a say in an opportunity, and who else wants it."""

from typing import Any
from uuid import UUID

from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from crm.api.base import describe
from crm.api.resources.opportunities import TAG, OpportunityView
from crm.api.resources.opportunity_shapes import (
    CompetitorInput,
    CompetitorSerializer,
    StakeholderChange,
    StakeholderInput,
    StakeholderSerializer,
)
from crm.kernel import clock
from history.models import Opportunity, Stakeholder
from history.opportunities import competitors, page, stakeholders

CREATES = (400, 401, 403, 404, 409)


class StakeholderView(OpportunityView):
    """What the addresses of stakeholders share."""

    def member(self, deal: Opportunity, stakeholder: Stakeholder) -> Any:
        """The stakeholder as the page of the opportunity knows one."""
        members = page.read(user=self.user, opportunity=deal, at=clock.now()).members
        seen = {each.stakeholder.person.public_id for each in members if each.person_is_seen}
        (member,) = [each for each in members if each.stakeholder.pk == stakeholder.pk]
        return StakeholderSerializer(member, context={"seen": seen}).data


class Stakeholders(StakeholderView):
    """Those who have a say."""

    @describe(
        tag=TAG, body=StakeholderInput, returns=StakeholderSerializer, status=201, refuses=CREATES
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Name a person who has a say."""
        deal = self.opportunity(public_id)
        body = self.values(self.read(StakeholderInput))
        made = stakeholders.add(
            actor=self.user,
            opportunity=deal,
            person=body.pop("person"),
            values=body,
            at=clock.now(),
        )
        return Response(self.member(deal, made), status=status.HTTP_201_CREATED)


class StakeholderDetail(StakeholderView):
    """One of them."""

    @describe(
        tag=TAG,
        body=StakeholderChange,
        returns=StakeholderSerializer,
        operation_id="stakeholder_change",
    )
    def patch(self, request: Request, public_id: UUID, part_id: int) -> Response:
        """Judge anew."""
        deal = self.opportunity(public_id)
        found = stakeholders.stakeholder_for(deal, part_id)
        body = self.values(self.read(StakeholderChange, partial=True))
        stakeholders.update(actor=self.user, stakeholder=found, values=body, at=clock.now())
        return Response(self.member(deal, found))

    @describe(tag=TAG, returns=None, status=204, refuses=(401, 403, 404))
    def delete(self, request: Request, public_id: UUID, part_id: int) -> Response:
        """Take somebody out."""
        found = stakeholders.stakeholder_for(self.opportunity(public_id), part_id)
        stakeholders.remove(actor=self.user, stakeholder=found, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Competitors(OpportunityView):
    """Those who want it, too."""

    @describe(tag=TAG, body=CompetitorInput, returns=CompetitorSerializer, status=201)
    def post(self, request: Request, public_id: UUID) -> Response:
        """Name another supplier."""
        deal = self.opportunity(public_id)
        body = self.read(CompetitorInput)
        made = competitors.add(actor=self.user, opportunity=deal, values=body, at=clock.now())
        return Response(CompetitorSerializer(made).data, status=status.HTTP_201_CREATED)


class CompetitorDetail(OpportunityView):
    """One of them."""

    @describe(
        tag=TAG,
        body=CompetitorInput,
        returns=CompetitorSerializer,
        operation_id="competitor_change",
    )
    def patch(self, request: Request, public_id: UUID, part_id: int) -> Response:
        """Judge anew."""
        found = competitors.competitor_for(self.opportunity(public_id), part_id)
        body = self.read(CompetitorInput, partial=True)
        changed = competitors.update(actor=self.user, competitor=found, values=body, at=clock.now())
        return Response(CompetitorSerializer(changed).data)

    @describe(tag=TAG, returns=None, status=204, refuses=(401, 403, 404))
    def delete(self, request: Request, public_id: UUID, part_id: int) -> Response:
        """It never was one; who gave up is better marked as out."""
        found = competitors.competitor_for(self.opportunity(public_id), part_id)
        competitors.remove(actor=self.user, competitor=found, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
