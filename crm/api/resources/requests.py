"""``/requests``: what persons ask about their data, until when, and what an erasure would do."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from consent.models import RequestArticle, RequestChannel, SubjectRequest
from consent.requests import cases, deadlines, erasures, plans
from contacts import access
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.kernel import clock, errors

TAG = "Requests"


class SubjectRequestSerializer(serializers.ModelSerializer[SubjectRequest]):
    """A request. `due_internal` is the same-numbered day, `due_legal` the last day by law."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    person = serializers.UUIDField(source="person.public_id", default=None, read_only=True)
    due_internal = serializers.SerializerMethodField()
    due_legal = serializers.SerializerMethodField()
    is_paused = serializers.SerializerMethodField()

    class Meta:
        model = SubjectRequest
        fields = (
            "id", "number", "article", "channel", "person", "requester", "wording",
            "is_marketing", "received_at", "identity_asked_on", "identified_on",
            "identified_how", "extended_on", "extension_reason", "state", "closed_at",
            "due_internal", "due_legal", "is_paused",
        )  # fmt: skip

    @extend_schema_field(serializers.DateField())
    def get_due_internal(self, case: SubjectRequest) -> str:
        return cases.due_of(case, today=clock.today()).internal.isoformat()

    @extend_schema_field(serializers.DateField())
    def get_due_legal(self, case: SubjectRequest) -> str:
        return cases.due_of(case, today=clock.today()).legal.isoformat()

    def get_is_paused(self, case: SubjectRequest) -> bool:
        return case.is_open and deadlines.is_standing(cases.clock_of(case), today=clock.today())


class SubjectRequestInput(serializers.Serializer):
    """A request that came in. Name the `person`, if that is known, else the `requester`."""

    article = serializers.ChoiceField(choices=RequestArticle.choices)
    channel = serializers.ChoiceField(choices=RequestChannel.choices)
    received_at = serializers.DateTimeField(required=False)
    person = serializers.UUIDField(required=False)
    requester = serializers.CharField(max_length=300, required=False, default="")
    wording = serializers.CharField(max_length=20_000, required=False, default="")
    is_marketing = serializers.BooleanField(default=True)


class IdentityInput(serializers.Serializer):
    """Who it is, and how that is known."""

    on = serializers.DateField()
    how = serializers.CharField(max_length=200)
    person = serializers.UUIDField(required=False)


class ExtensionInput(serializers.Serializer):
    """What the person was told, and when."""

    told_on = serializers.DateField()
    reason = serializers.CharField(max_length=500)


class ReasonInput(serializers.Serializer):
    """Why not."""

    reason = serializers.CharField(max_length=500)


class HeldSerializer(serializers.Serializer):
    """Rows that a law keeps, and until when."""

    rule = serializers.CharField()
    basis = serializers.CharField()
    until = serializers.DateField()
    rows = serializers.IntegerField()


class PlanLineSerializer(serializers.Serializer):
    """What becomes of the rows of one model."""

    model = serializers.CharField()
    kind = serializers.CharField()
    erased = serializers.IntegerField()
    spared = serializers.IntegerField(help_text="Kept for others, without the person.")
    held = HeldSerializer(many=True)


class PlanSerializer(serializers.Serializer):
    """What an erasure would do today. While there are `blockers`, nothing can be erased."""

    blockers = serializers.ListField(child=serializers.CharField())
    suppressed = serializers.IntegerField()
    lines = PlanLineSerializer(many=True)


class ErasureInput(serializers.Serializer):
    """The full name of the person, as a confirmation."""

    typed = serializers.CharField(max_length=500)


class RequestView(View):
    """What all addresses of requests share."""

    writing = Permission.REQUESTS_MANAGE

    def case(self, public_id: UUID) -> SubjectRequest:
        return cases.case_for(user=self.user, public_id=public_id)

    def shown(self, public_id: UUID) -> Response:
        return Response(SubjectRequestSerializer(self.case(public_id)).data)


class RequestList(View):
    """All requests."""

    writing = Permission.CONSENT_RECORD

    @describe(
        tag=TAG,
        returns=SubjectRequestSerializer(many=True),
        refuses=(401, 403),
        operation_id="request_list",
    )
    def get(self, request: Request) -> Response:
        """List the requests, the newest first."""
        return Response(SubjectRequestSerializer(cases.cases_of(self.user), many=True).data)

    @describe(
        tag=TAG, body=SubjectRequestInput, returns=SubjectRequestSerializer, status=201,
        refuses=(400, 401, 403, 404),
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Take a request in; an objection and a withdrawal take effect at once."""
        body, now = self.read(SubjectRequestInput), clock.now()
        named = body.pop("person", None)
        person = access.person_for(user=self.user, public_id=named) if named else None
        received = body.pop("received_at", now)
        made = cases.receive(actor=self.user, person=person, received_at=received, at=now, **body)
        return Response(SubjectRequestSerializer(made).data, status=status.HTTP_201_CREATED)


class RequestDetail(RequestView):
    """One request."""

    @describe(tag=TAG, returns=SubjectRequestSerializer, refuses=(401, 403, 404))
    def get(self, request: Request, public_id: UUID) -> Response:
        """Show the request with both due dates."""
        return self.shown(public_id)


class RequestIdentity(RequestView):
    """The identity of who asks."""

    @describe(
        tag=TAG, body=IdentityInput, returns=SubjectRequestSerializer,
        refuses=(400, 401, 403, 404, 409, 422),
    )  # fmt: skip
    def post(self, request: Request, public_id: UUID) -> Response:
        """Note who it is and how that is known."""
        body: dict[str, Any] = self.read(IdentityInput)
        named = body.pop("person", None)
        person = access.person_for(user=self.user, public_id=named) if named else None
        cases.prove_identity(
            actor=self.user, case=self.case(public_id), person=person, at=clock.now(), **body
        )
        return self.shown(public_id)


class RequestExtension(RequestView):
    """More time."""

    @describe(
        tag=TAG, body=ExtensionInput, returns=SubjectRequestSerializer,
        refuses=(400, 401, 403, 404, 409, 422),
    )  # fmt: skip
    def post(self, request: Request, public_id: UUID) -> Response:
        """Note that the person was told that it takes two months more."""
        case = self.case(public_id)
        cases.extend(actor=self.user, case=case, at=clock.now(), **self.read(ExtensionInput))
        return self.shown(public_id)


class RequestRefusal(RequestView):
    """No."""

    @describe(
        tag=TAG,
        body=ReasonInput,
        returns=SubjectRequestSerializer,
        refuses=(400, 401, 403, 404, 409, 422),
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Refuse the request, with the reason that the person is told."""
        case = self.case(public_id)
        cases.refuse(actor=self.user, case=case, at=clock.now(), **self.read(ReasonInput))
        return self.shown(public_id)


class RequestPlan(RequestView):
    """The plan of an erasure."""

    @describe(tag=TAG, returns=PlanSerializer, refuses=(401, 403, 404))
    def get(self, request: Request, public_id: UUID) -> Response:
        """Show what an erasure would do today; nothing changes."""
        case = self.case(public_id)
        if case.person is None or case.article != RequestArticle.ERASURE:
            raise errors.NotFound(public_id=str(public_id))
        plan = plans.of(case.person, today=clock.today())
        shown = {
            "blockers": plan.blockers,
            "suppressed": plan.suppressed,
            "lines": [
                {
                    "model": line.model._meta.label_lower,
                    "kind": line.declaration.data_kind,
                    "erased": len(line.erased),
                    "spared": len(line.spared),
                    "held": [
                        {
                            "rule": held.rule,
                            "basis": held.basis,
                            "until": held.until,
                            "rows": len(held.rows),
                        }
                        for held in line.held
                    ],
                }
                for line in plan.lines
            ],
        }
        return Response(PlanSerializer(shown).data)


class RequestErasure(RequestView):
    """The erasure itself."""

    @describe(
        tag=TAG, body=ErasureInput, returns=SubjectRequestSerializer,
        refuses=(400, 401, 403, 404, 409, 422),
    )  # fmt: skip
    def post(self, request: Request, public_id: UUID) -> Response:
        """Erase the person, lock away what a law keeps, and answer the request."""
        typed = self.read(ErasureInput)["typed"]
        erasures.erase(actor=self.user, case=self.case(public_id), typed=typed, at=clock.now())
        return self.shown(public_id)
