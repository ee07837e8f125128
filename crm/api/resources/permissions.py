"""``/persons/{id}/permissions``: may somebody be contacted, and why."""

from typing import Any, ClassVar
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consent import consents, controllers, gate, histories, lights
from consent.decision import Decision, codes, words
from consent.decision.facts import Message
from consent.models import Controller
from contacts.models import ContactPoint, Person
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.kernel import clock

TAG = "Permissions"
LANGUAGES = ("de", "en")


class Explained(serializers.Serializer):
    """An answer in words."""

    headline = serializers.CharField()
    sentences = serializers.ListField(child=serializers.CharField())
    duties = serializers.ListField(child=serializers.CharField())
    doubts = serializers.ListField(child=serializers.CharField())
    would_allow = serializers.ListField(child=serializers.CharField())
    law = serializers.CharField()


class PermissionAnswerSerializer(serializers.Serializer):
    """An answer of the gate: codes for programs, words for people."""

    outcome = serializers.ChoiceField(choices=[str(each) for each in codes.Outcome])
    ground = serializers.ChoiceField(choices=[str(each) for each in codes.Ground])
    codes = serializers.ListField(child=serializers.CharField())
    duties = serializers.ListField(child=serializers.CharField())
    decisive = serializers.CharField(help_text="`id` of the event that it rests on, or empty.")
    ruleset = serializers.CharField()
    profile = serializers.CharField()
    explained = Explained()


class LightSerializer(serializers.Serializer):
    """One answer in one word: `yes`, `if`, `no`, `ask` (never asked), `check` (to be reviewed)."""

    channel = serializers.CharField()
    purpose = serializers.CharField()
    state = serializers.ChoiceField(choices=["yes", "if", "no", "ask", "check"])
    decision = PermissionAnswerSerializer()


class PermittedWaySerializer(serializers.Serializer):
    """A contact point with its lights."""

    contact_point = serializers.UUIDField()
    kind = serializers.CharField()
    value = serializers.CharField()
    lights = LightSerializer(many=True)


class EntrySerializer(serializers.Serializer):
    """One event of the history, in words."""

    seq = serializers.IntegerField()
    id = serializers.UUIDField(source="event")
    kind = serializers.CharField()
    title = serializers.CharField()
    facts = serializers.ListField(child=serializers.CharField())
    wording = serializers.CharField()
    effective_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    actor = serializers.CharField()
    is_erased = serializers.BooleanField()


class HistoryPage(serializers.Serializer):
    """One page, the latest event first."""

    next = serializers.IntegerField(allow_null=True, help_text="Send it as `before`.")
    results = EntrySerializer(many=True)


class Language(serializers.Serializer):
    language = serializers.ChoiceField(choices=LANGUAGES, default="de", required=False)


class Before(serializers.Serializer):
    before = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class MessageInput(serializers.Serializer):
    """What is about to go out."""

    has_ad_content = serializers.BooleanField(default=False)
    has_opt_out_notice = serializers.BooleanField(default=None, allow_null=True)
    has_art14_notice = serializers.BooleanField(default=False)


class PermissionQuestionInput(Language):
    """A question. Without ``at`` it is about now, without ``known_at`` all that is recorded
    counts."""

    contact_point = serializers.UUIDField()
    channel = serializers.CharField(max_length=20)
    purpose = serializers.CharField(max_length=40)
    controller = serializers.UUIDField(required=False, allow_null=True)
    at = serializers.DateTimeField(required=False)
    known_at = serializers.DateTimeField(required=False, allow_null=True)
    message = MessageInput(required=False)


class ConsentView(View):
    """A view on what somebody declared."""

    needed: ClassVar[Permission] = Permission.CONSENT_VIEW

    def seen(self, public_id: UUID) -> Person:
        """The person, if the user may see it and what it declared."""
        policy.require(self.user, self.needed)
        return self.person(public_id)


class Permissions(ConsentView):
    """The lights of a person."""

    @describe(
        tag=TAG,
        returns=PermittedWaySerializer(many=True),
        parameters=[Language],
        refuses=(400, 401, 403, 404),
        operation_id="permissions_read",
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read for every contact point, channel and main purpose whether it may be used."""
        person = self.seen(public_id)
        asked = Language(data=request.query_params)
        asked.is_valid(raise_exception=True)
        language = asked.validated_data.get("language", "de")
        ways = lights.of(person, at=clock.now()).values()
        return Response(
            PermittedWaySerializer([_way(each, language) for each in ways], many=True).data
        )


class Asking(ConsentView):
    """One question to the gate."""

    @describe(
        tag=TAG,
        body=PermissionQuestionInput,
        returns=PermissionAnswerSerializer,
        refuses=(400, 401, 403, 404, 422),
        operation_id="permission_ask",
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Ask whether somebody may be contacted; nothing is recorded."""
        person = self.seen(public_id)
        body = self.read(PermissionQuestionInput)
        decision = gate.may_contact(
            person=person,
            point=_point(person, body["contact_point"]),
            channel=body["channel"],
            purpose=body["purpose"],
            at=body.get("at") or clock.now(),
            known_at=body.get("known_at"),
            controller=_controller(body.get("controller")),
            message=Message(**body.get("message", {})),
        )
        return Response(PermissionAnswerSerializer(answer_of(decision, body["language"])).data)


class ConsentHistory(ConsentView):
    """What a person declared."""

    @describe(
        tag=TAG,
        returns=HistoryPage,
        parameters=[Before],
        refuses=(400, 401, 403, 404),
        operation_id="consent_history",
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read consents, withdrawals and objections in words, the latest first."""
        person = self.seen(public_id)
        asked = Before(data=request.query_params)
        asked.is_valid(raise_exception=True)
        page = histories.of_person(person, before=asked.validated_data.get("before", 0))
        results = EntrySerializer(page.entries, many=True).data
        return Response({"next": page.older or None, "results": results})


def _point(person: Person, public_id: UUID) -> ContactPoint:
    found = ContactPoint.objects.filter(public_id=public_id).first()
    if found is None:
        raise consents.NotHeld(field="contact_point")
    consents.require_held(person, found)
    return found


def _controller(public_id: UUID | None) -> Controller | None:
    return controllers.controller_for(public_id) if public_id else None


def _way(way: lights.Way, language: str) -> dict[str, Any]:
    all_lights = (*way.advertising, way.service, way.appointment)
    return {
        "contact_point": way.point.public_id,
        "kind": way.point.kind,
        "value": way.point.display,
        "lights": [
            {
                "channel": each.channel,
                "purpose": each.purpose,
                "state": each.state,
                "decision": answer_of(each.decision, language),
            }
            for each in all_lights
        ],
    }


def answer_of(decision: Decision, language: str) -> dict[str, Any]:
    """An answer of the gate with its words."""
    told = ("outcome", "ground", "codes", "duties", "decisive", "ruleset", "profile")
    return {
        **{name: getattr(decision, name) for name in told},
        "explained": words.explain(decision, language),
    }
