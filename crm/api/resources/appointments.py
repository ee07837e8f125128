"""``/appointments``: free times, and what is agreed."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.models import Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.kernel import clock
from history.appointments import access, booking, changing, informing, kinds, messages, slots, staff
from history.appointments.booking import Telling
from history.appointments.informing import Told
from history.models import (
    Appointment,
    AppointmentChannel,
    AppointmentKind,
    AppointmentPlace,
    AppointmentState,
    MessageOccasion,
    MessageState,
)

TAG = "Appointments"
REFUSES = (400, 401, 403, 404, 409)


class AppointmentKindSerializer(serializers.Serializer):
    """What can be agreed."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    length_minutes = serializers.IntegerField()
    pause_minutes = serializers.IntegerField(help_text="Nobody is free for so long after it.")
    place = serializers.ChoiceField(choices=AppointmentPlace.choices)


class SlotSerializer(serializers.Serializer):
    """A time at which an employee is free."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    employee = serializers.UUIDField(source="employee.public_id")
    employee_name = serializers.CharField(source="employee.full_name")


class SlotQuery(serializers.Serializer):
    """For what, when, with whom."""

    kind = serializers.UUIDField()
    since = serializers.DateField(help_text="The first day.")
    until = serializers.DateField(help_text="The last day; 31 days at the most are looked at.")
    employee = serializers.UUIDField(required=False)


class AppointmentMessageSerializer(serializers.Serializer):
    """What the person was to be told, and what became of it."""

    occasion = serializers.ChoiceField(choices=MessageOccasion.choices)
    channel = serializers.ChoiceField(choices=AppointmentChannel.choices)
    state = serializers.ChoiceField(choices=MessageState.choices)
    sent_at = serializers.DateTimeField(allow_null=True)
    problem = serializers.CharField()


class AppointmentSerializer(serializers.Serializer):
    """What was agreed; `sequence` counts its changes."""

    id = serializers.UUIDField(source="public_id")
    kind = serializers.UUIDField(source="kind.public_id")
    person = serializers.UUIDField(source="person.public_id")
    employee = serializers.UUIDField(source="employee.public_id")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    place = serializers.CharField()
    note = serializers.CharField()
    state = serializers.ChoiceField(choices=AppointmentState.choices)
    channel = serializers.ChoiceField(choices=AppointmentChannel.choices)
    sequence = serializers.IntegerField()
    booked_at = serializers.DateTimeField()
    cancelled_at = serializers.DateTimeField(allow_null=True)
    messages = AppointmentMessageSerializer(many=True, source="messages.all")


class NoticeToldInput(serializers.Serializer):
    """What became of the notice of Art. 13: `version` as it was shown; read, or why not."""

    version = serializers.UUIDField()
    is_read = serializers.BooleanField()
    language = serializers.ChoiceField(choices=["de", "en", "plain"], default="de")
    seconds = serializers.IntegerField(required=False, min_value=1, max_value=3600)
    reason = serializers.CharField(required=False, max_length=12, allow_blank=True)
    note = serializers.CharField(required=False, max_length=300, allow_blank=True)


class AppointmentInput(serializers.Serializer):
    """What is wanted. `contact_point` is where the person is told; without it `channel` is
    `NONE`. Without `notice` nothing is recorded of Art. 13: it was told in another way."""

    kind = serializers.UUIDField()
    person = serializers.UUIDField()
    employee = serializers.UUIDField()
    starts_at = serializers.DateTimeField()
    channel = serializers.ChoiceField(
        choices=AppointmentChannel.choices, default=AppointmentChannel.NONE
    )
    contact_point = serializers.UUIDField(required=False, allow_null=True)
    place = serializers.CharField(required=False, allow_blank=True, max_length=200)
    note = serializers.CharField(required=False, allow_blank=True, max_length=20000)
    notice = NoticeToldInput(required=False, allow_null=True)


class AppointmentMoveInput(serializers.Serializer):
    """The new time; without `employee` the same one."""

    starts_at = serializers.DateTimeField()
    employee = serializers.UUIDField(required=False)


class ScriptSentence(serializers.Serializer):
    """One piece of what is read out."""

    text = serializers.CharField()
    item = serializers.CharField()
    is_surprising = serializers.BooleanField()


class ScriptAnswer(serializers.Serializer):
    """What of the notice is due to a caller, and the words for it."""

    version = serializers.UUIDField(source="due.version.public_id")
    outcome = serializers.CharField(source="due.outcome")
    items = serializers.ListField(child=serializers.CharField(), source="due.items")
    known = serializers.IntegerField(help_text="So many items the person has already.")
    language = serializers.CharField(source="script.language")
    seconds = serializers.FloatField(source="script.estimate.seconds")
    sentences = ScriptSentence(many=True, source="script.sentences")


class ScriptQuery(serializers.Serializer):
    """For whom; without `person` for somebody unknown."""

    person = serializers.UUIDField(required=False)
    purpose = serializers.CharField(required=False, default=informing.PURPOSE, max_length=40)
    channel = serializers.ChoiceField(
        choices=AppointmentChannel.choices, default=AppointmentChannel.EMAIL
    )
    language = serializers.CharField(required=False, default="", max_length=10)


class AppointmentView(View):
    """What all addresses of appointments share."""

    writing: ClassVar[Permission | None] = Permission.HISTORY_RECORD

    def appointment(self, public_id: UUID) -> Appointment:
        """The appointment of the address, if the user may see it."""
        return access.appointment_for(user=self.user, public_id=public_id)

    def shown(self, appointment: Appointment) -> Any:
        """It as it is now, read afresh."""
        return AppointmentSerializer(self.appointment(appointment.public_id)).data

    def employee(self, kind: AppointmentKind, public_id: UUID) -> User:
        """Somebody who keeps such appointments."""
        return staff.employee_for(kind=kind, public_id=public_id)

    def telling(self, body: dict[str, Any], person: Person) -> Telling:
        """The way and the contact point; it must be one of the person's."""
        wanted = body.get("contact_point")
        known = messages.points_of(person) if wanted else []
        point = next((each for each in known if each.public_id == wanted), None)
        return Telling(channel=body["channel"], point=point)


class AppointmentKinds(AppointmentView):
    """What can be agreed."""

    @describe(
        tag=TAG, returns=AppointmentKindSerializer(many=True), refuses=(401, 403),
        operation_id="appointment_kinds",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List what can be agreed."""
        policy.require(self.user, Permission.HISTORY_RECORD)
        return Response(AppointmentKindSerializer(kinds.active(), many=True).data)


class FreeSlots(AppointmentView):
    """Free times."""

    @describe(
        tag=TAG, returns=SlotSerializer(many=True), parameters=[SlotQuery],
        refuses=(400, 401, 403, 404), operation_id="appointment_slots",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List when who is free for such an appointment, earliest first."""
        policy.require(self.user, Permission.HISTORY_RECORD)
        asked = SlotQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        kind = kinds.kind_for(values["kind"])
        people = None
        if "employee" in values:
            people = [self.employee(kind, values["employee"])]
        if values["since"] > values["until"]:
            return Response([])
        found = slots.free(
            kind=kind, first=values["since"], last=values["until"], at=clock.now(), employees=people
        )
        found.sort(key=lambda slot: (slot.starts_at, slot.employee.pk))
        return Response(SlotSerializer(found, many=True).data)


class Script(AppointmentView):
    """What to read to a caller."""

    @describe(
        tag=TAG, returns=ScriptAnswer, parameters=[ScriptQuery], refuses=(400, 401, 403, 404, 422),
        operation_id="appointment_script",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Compose what is due to a caller; an unknown purpose is refused with the reason."""
        policy.require(self.user, Permission.HISTORY_RECORD)
        asked = ScriptQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        wanted = values.pop("person", None)
        person = self.person(wanted) if wanted else None
        return Response(
            ScriptAnswer(informing.reading(person=person, at=clock.now(), **values)).data
        )


class Appointments(AppointmentView):
    """Agree on one."""

    @describe(
        tag=TAG, body=AppointmentInput, returns=AppointmentSerializer, status=201, refuses=REFUSES,
        operation_id="appointment_book",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Book; 409 `slot-taken` names the next free times in `data.free`."""
        body = self.read(AppointmentInput)
        person, kind = self.person(body["person"]), kinds.kind_for(body["kind"])
        told = body.get("notice")
        made = booking.book(
            actor=self.user,
            person=person,
            kind=kind,
            employee=self.employee(kind, body["employee"]),
            starts_at=body["starts_at"],
            telling=self.telling(body, person),
            place=body.get("place", ""),
            note=body.get("note", ""),
            notice=Told(**{**told, "version": str(told["version"])}) if told else None,
            at=clock.now(),
        )
        return Response(self.shown(made), status=status.HTTP_201_CREATED)


class AppointmentDetail(AppointmentView):
    """One appointment."""

    @describe(
        tag=TAG, returns=AppointmentSerializer, refuses=(401, 403, 404),
        operation_id="appointment_read",
    )  # fmt: skip
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read an appointment."""
        return Response(AppointmentSerializer(self.appointment(public_id)).data)


class AppointmentMoving(AppointmentView):
    """Another time."""

    @describe(
        tag=TAG, body=AppointmentMoveInput, returns=AppointmentSerializer, refuses=REFUSES,
        operation_id="appointment_move",
    )  # fmt: skip
    def post(self, request: Request, public_id: UUID) -> Response:
        """Move an appointment; the person is told as before."""
        found, body = self.appointment(public_id), self.read(AppointmentMoveInput)
        employee = self.employee(found.kind, body["employee"]) if "employee" in body else None
        moved = changing.move(
            actor=self.user, appointment=found, starts_at=body["starts_at"], employee=employee,
            at=clock.now(),
        )  # fmt: skip
        return Response(self.shown(moved))


class AppointmentCancelling(AppointmentView):
    """It does not take place."""

    @describe(
        tag=TAG, returns=AppointmentSerializer, refuses=(401, 403, 404, 409),
        operation_id="appointment_cancel",
        parameters=[OpenApiParameter("public_id", UUID, OpenApiParameter.PATH)],
    )  # fmt: skip
    def post(self, request: Request, public_id: UUID) -> Response:
        """Cancel an appointment; the time is free again, the person is told. Twice is once."""
        found = self.appointment(public_id)
        return Response(
            self.shown(changing.cancel(actor=self.user, appointment=found, at=clock.now()))
        )
