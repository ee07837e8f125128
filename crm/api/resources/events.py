"""``/events``: trade fairs, set up, closed, counted."""

from dataclasses import fields
from uuid import UUID

from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from consent import controllers
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.api.resources.event_shapes import (
    EventChange,
    EventFigures,
    EventInput,
    FairSerializer,
)
from crm.kernel import clock
from history.fairs import access, events, figures
from history.models import Event

TAG = "Events"


class EventView(View):
    """What all addresses of fairs share."""

    writing = Permission.EVENTS_MANAGE

    def event(self, public_id: UUID) -> Event:
        """The fair of the address, if the user may see it."""
        return access.event_for(user=self.user, public_id=public_id)


class EventList(EventView):
    """All fairs that you may see."""

    @describe(
        tag=TAG, returns=FairSerializer(many=True), refuses=(401, 403), operation_id="event_list"
    )
    def get(self, request: Request) -> Response:
        """List fairs, the latest first; a fixed number of queries."""
        policy.require(self.user, Permission.HISTORY_VIEW)
        rows = Event.objects.visible_to(self.user).select_related("controller", "source")
        return Response(FairSerializer(rows.prefetch_related("team", "texts"), many=True).data)

    @describe(
        tag=TAG, body=EventInput, returns=FairSerializer, status=201, refuses=(400, 401, 403),
        operation_id="event_create",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Set a fair up, with a source of its own."""
        body = self.read(EventInput)
        body.setdefault("controller", controllers.default())
        made = events.create(actor=self.user, values=body, at=clock.now())
        return Response(FairSerializer(made).data, status=status.HTTP_201_CREATED)


class EventDetail(EventView):
    """One fair."""

    @describe(tag=TAG, returns=FairSerializer, refuses=(401, 403, 404), operation_id="event_read")
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read a fair."""
        return Response(FairSerializer(self.event(public_id)).data)

    @describe(
        tag=TAG, body=EventChange, returns=FairSerializer, refuses=(400, 401, 403, 404, 409),
        operation_id="event_change",
    )  # fmt: skip
    def patch(self, request: Request, public_id: UUID) -> Response:
        """Change fields of a fair."""
        found = self.event(public_id)
        body = self.read(EventChange, partial=True)
        changed = events.change(
            actor=self.user,
            event=found,
            version=body.pop("version", None),
            values=body,
            at=clock.now(),
        )
        return Response(FairSerializer(changed).data)

    @describe(
        tag=TAG, returns=None, status=204, refuses=(401, 403, 404, 409),
        operation_id="event_remove",
    )  # fmt: skip
    def delete(self, request: Request, public_id: UUID) -> Response:
        """Give up a fair at which nothing was captured."""
        events.remove(actor=self.user, event=self.event(public_id), at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class EventClosing(EventView):
    """Nothing more is captured."""

    @describe(tag=TAG, returns=FairSerializer, refuses=(401, 403, 404), operation_id="event_close")
    def post(self, request: Request, public_id: UUID) -> Response:
        """Close a fair; leads that still arrive are taken, marked as late. Twice is once."""
        closed = events.close(actor=self.user, event=self.event(public_id), at=clock.now())
        return Response(FairSerializer(closed).data)


class EventReopening(EventView):
    """It goes on."""

    @describe(tag=TAG, returns=FairSerializer, refuses=(401, 403, 404), operation_id="event_reopen")
    def post(self, request: Request, public_id: UUID) -> Response:
        """Open a fair again. Twice is once."""
        opened = events.reopen(actor=self.user, event=self.event(public_id), at=clock.now())
        return Response(FairSerializer(opened).data)


class EventFiguresView(EventView):
    """What was captured, and what became of it."""

    @describe(tag=TAG, returns=EventFigures, refuses=(401, 403, 404), operation_id="event_figures")
    def get(self, request: Request, public_id: UUID) -> Response:
        """Count a fair."""
        found = figures.of(self.event(public_id), at=clock.now())
        plain = {field.name: getattr(found, field.name) for field in fields(found)}
        counted = {
            "hours": [{"hour": hour, "leads": n} for hour, n in found.hours],
            "grades": [{"grade": grade, "leads": n} for grade, n in found.grades],
            "reps": [
                {"user": user.public_id, "name": user.full_name, "leads": n}
                for user, n in found.reps
            ],
        }
        return Response(EventFigures(plain | counted).data)
