"""``/notices``: what is published; ``/persons/<id>/notices``: what is due to somebody and known."""

from typing import Any
from uuid import UUID

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from consent import controllers, links
from consent.models import (
    NoticeProvision,
    NoticeStatus,
    NoticeVersion,
    ProvisionMedium,
    ProvisionStatus,
    SkipReason,
)
from consent.notices import asking, documents, provisions, tasks
from consent.notices.rules import due as rules
from consent.notices.rules import items, spoken
from consent.notices.rules.facts import LANGUAGES, PURPOSES
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.api.fields import ByPublicId
from crm.kernel import clock

TAG = "Notices"
ITEMS = [*items.ART_13, *items.ART_14, items.OBJECTION]


class SectionSerializer(serializers.Serializer):
    """One item of Art. 13 or 14 in full."""

    item = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()


class NoticeSerializer(serializers.Serializer):
    """A version in force; `objection` stands apart (Art. 21(4) GDPR)."""

    id = serializers.UUIDField(source="version.public_id")
    purpose = serializers.CharField(source="version.purpose")
    article = serializers.IntegerField(source="version.article")
    number = serializers.IntegerField(source="version.number")
    published_at = serializers.DateTimeField()
    sha256 = serializers.CharField(source="version.sha256")
    address = serializers.SerializerMethodField()
    language = serializers.CharField()
    title = serializers.CharField()
    objection = SectionSerializer(allow_null=True)
    sections = SectionSerializer(many=True)

    def get_address(self, document: documents.Document) -> str:
        return links.notice_version(document.version)


class SentenceSerializer(serializers.Serializer):
    """One piece of a script; without `item` it only leads over."""

    text = serializers.CharField()
    item = serializers.CharField(allow_blank=True)
    is_surprising = serializers.BooleanField()


class ScriptSerializer(serializers.Serializer):
    """What is read out: `long` above 40 seconds, `too_long` above 60."""

    language = serializers.CharField()
    text = serializers.CharField()
    items = serializers.ListField(child=serializers.CharField())
    words = serializers.IntegerField()
    seconds = serializers.FloatField()
    length = serializers.ChoiceField(choices=[str(each) for each in spoken.Length])
    sentences = SentenceSerializer(many=True)


class DueSerializer(serializers.Serializer):
    """What is due, item by item; `known` tells since when the person has the others."""

    purpose = serializers.CharField()
    version = serializers.IntegerField()
    version_id = serializers.UUIDField()
    outcome = serializers.ChoiceField(choices=[str(each) for each in rules.Outcome])
    article = serializers.IntegerField(allow_null=True)
    profile = serializers.CharField()
    rules = serializers.CharField()
    items_due = serializers.ListField(child=serializers.CharField())
    first_layer = serializers.ListField(child=serializers.CharField())
    new = serializers.ListField(child=serializers.CharField())
    known = serializers.DictField(child=serializers.DateTimeField())
    due_by = serializers.DateField(allow_null=True)
    doubts = serializers.ListField(child=serializers.CharField())
    script = ScriptSerializer()


class ProvisionSerializer(serializers.Serializer):
    """That the person was told, or that it was tried."""

    id = serializers.UUIDField(source="public_id")
    version = serializers.UUIDField(source="version.public_id")
    purpose = serializers.CharField(source="version.purpose")
    items = serializers.SerializerMethodField()
    medium = serializers.ChoiceField(choices=ProvisionMedium.choices)
    status = serializers.ChoiceField(choices=ProvisionStatus.choices)
    language = serializers.CharField()
    reason = serializers.CharField()
    given_at = serializers.DateTimeField()

    def get_items(self, made: NoticeProvision) -> list[str]:
        return list(items.ordered(made.items))


class ProvisionInput(serializers.Serializer):
    """What became of telling somebody; without `items` it was the whole notice."""

    version = ByPublicId(queryset=NoticeVersion.objects.exclude(status=NoticeStatus.DRAFT))
    items = serializers.ListField(
        child=serializers.ChoiceField(choices=ITEMS), required=False, min_length=1, max_length=14
    )
    medium = serializers.ChoiceField(choices=ProvisionMedium.choices)
    status = serializers.ChoiceField(choices=ProvisionStatus.choices)
    language = serializers.ChoiceField(choices=LANGUAGES, required=False, default="de")
    reason = serializers.ChoiceField(
        choices=SkipReason.choices, required=False, allow_blank=True, default=""
    )
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    seconds = serializers.IntegerField(min_value=0, max_value=3600, required=False)
    given_at = serializers.DateTimeField(required=False)
    due_on = serializers.DateField(required=False)


class TaskSerializer(serializers.Serializer):
    """Somebody who is to be told: Art. 14, or a script that was skipped or put off."""

    kind = serializers.ChoiceField(choices=["art14", "skipped", "deferred"])
    person = serializers.UUIDField(source="person.public_id")
    name = serializers.CharField(source="person.full_name")
    purpose = serializers.CharField()
    why = serializers.CharField()
    since = serializers.DateTimeField()
    due_by = serializers.DateField()


class Language(serializers.Serializer):
    language = serializers.ChoiceField(choices=LANGUAGES, required=False, default="de")


class DueQuestion(serializers.Serializer):
    """What for, how data come in, and in which language to say it (else the person's)."""

    purpose = serializers.ChoiceField(choices=PURPOSES)
    medium = serializers.ChoiceField(
        choices=["phone", "phone_inbound", "email", "web", "website", "paper", "import"],
        default="phone_inbound",
        required=False,
    )
    language = serializers.ChoiceField(choices=LANGUAGES, required=False)
    appointment_on = serializers.DateField(required=False)


class Notices(View):
    """Notices in force."""

    @describe(
        tag=TAG,
        returns=NoticeSerializer(many=True),
        parameters=[Language],
        refuses=(400, 401),
        operation_id="notice_list",
    )
    def get(self, request: Request) -> Response:
        """List the notices in force in full."""
        asked = Language(data=request.query_params)
        asked.is_valid(raise_exception=True)
        language = asked.validated_data["language"]
        rows = NoticeVersion.objects.filter(status=NoticeStatus.PUBLISHED)
        rows = rows.select_related("controller").prefetch_related("items")
        told = [documents.of_version(each, language=language) for each in rows]
        return Response(NoticeSerializer(told, many=True).data)


class PersonNotices(View):
    """What one person was told."""

    writing = Permission.CONSENT_RECORD

    @describe(
        tag=TAG,
        returns=ProvisionSerializer(many=True),
        refuses=(401, 403, 404),
        operation_id="notice_provision_list",
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """List what the person was told, the latest first."""
        policy.require(self.user, Permission.CONSENT_VIEW)
        rows = asking.provisions_of(self.person(public_id), at=clock.now())
        return Response(ProvisionSerializer(reversed(rows), many=True).data)

    @describe(
        tag=TAG,
        body=ProvisionInput,
        returns=ProvisionSerializer,
        status=201,
        refuses=(400, 401, 403, 404, 422),
        operation_id="notice_provision_record",
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Record that a script was read, a paper was handed over, a message came or did not."""
        person, body = self.person(public_id), self.read(ProvisionInput)
        at = clock.now()
        given_at = body.pop("given_at", at)
        made = provisions.record(actor=self.user, person=person, given_at=given_at, at=at, **body)
        return Response(ProvisionSerializer(made).data, status=status.HTTP_201_CREATED)


class PersonNoticeDue(View):
    """What one person is to be told."""

    @describe(
        tag=TAG,
        returns=DueSerializer,
        parameters=[DueQuestion],
        refuses=(400, 401, 403, 404, 422),
        operation_id="notice_due",
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read what is due when data come in for a purpose, and the script for it."""
        policy.require(self.user, Permission.CONSENT_VIEW)
        person = self.person(public_id)
        asked = DueQuestion(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted: dict[str, Any] = dict(asked.validated_data)
        language = wanted.pop("language", "")
        at = clock.now()
        due = asking.due_for(person=person, controller=controllers.default(), at=at, **wanted)
        script = asking.script(due=due, at=at, person=person, language=language)
        return Response(
            DueSerializer({**asking.as_json(due), "script": asking.script_json(script)}).data
        )


class NoticeTasks(View):
    """What is left to tell."""

    @describe(
        tag=TAG,
        returns=TaskSerializer(many=True),
        refuses=(401, 403),
        operation_id="notice_task_list",
    )
    def get(self, request: Request) -> Response:
        """List at most 200 of each kind, the most urgent first."""
        policy.require(self.user, Permission.CONSENT_AUDIT)
        listed = tasks.left(at=clock.now()).listed
        return Response(TaskSerializer(listed, many=True).data)
