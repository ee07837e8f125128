"""``/touchpoints`` and the lines of persons, companies and opportunities."""

from base64 import b64decode
from typing import Any, ClassVar
from uuid import UUID

from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.api import choices
from crm.api.base import View, describe
from crm.api.resources import categories
from crm.kernel import clock
from history import access, attachments, corrections, sight, timeline, touchpoints
from history.attachments import MOST_FILES, Upload
from history.lines import Owner
from history.models import ParticipantRole, Participation, Touchpoint
from history.sight import Sight
from history.timeline import Cursor, Filters

TAG = "History"
MOST_NAMED = 50


class ParticipantSerializer(serializers.Serializer):
    """Who took part; a person whom the user may not see has neither id nor name."""

    role = serializers.ChoiceField(choices=choices.PARTICIPANT_ROLES)
    kind = serializers.ChoiceField(choices=choices.LINE_KINDS)
    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField(allow_blank=True)


class AttachmentSerializer(serializers.Serializer):
    """A file of a contact."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    media_type = serializers.CharField(source="stored.media_type")
    size = serializers.IntegerField(source="stored.size", help_text="In bytes.")
    sha256 = serializers.CharField(source="stored.sha256")


class TouchpointSerializer(serializers.Serializer):
    """One contact. ``corrects`` is the id of the one whose place it took."""

    id = serializers.UUIDField(source="public_id")
    channel = serializers.ChoiceField(choices=choices.TOUCHPOINT_CHANNELS)
    direction = serializers.ChoiceField(choices=choices.DIRECTIONS, allow_blank=True)
    subject = serializers.CharField()
    body = serializers.CharField()
    outcome = serializers.ChoiceField(choices=choices.TOUCHPOINT_OUTCOMES, allow_blank=True)
    category = serializers.SerializerMethodField()
    happened_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    recorded_at = serializers.DateTimeField()
    agent = serializers.UUIDField(source="agent.public_id", allow_null=True, default=None)
    contact_value = serializers.CharField()
    case = serializers.CharField()
    thread = serializers.UUIDField(allow_null=True)
    system = serializers.CharField()
    external_id = serializers.CharField()
    corrects = serializers.UUIDField(source="corrects.public_id", allow_null=True, default=None)
    participants = serializers.SerializerMethodField()
    attachments = AttachmentSerializer(many=True)

    def get_category(self, touchpoint: Touchpoint) -> str:
        return str(touchpoint.category or "")

    @extend_schema_field(ParticipantSerializer(many=True))
    def get_participants(self, touchpoint: Touchpoint) -> list[dict[str, Any]]:
        return [_participant(row, self.context["seen"]) for row in touchpoint.participations.all()]


class TouchpointPage(serializers.Serializer):
    """One page of a line, the latest contact first."""

    next = serializers.CharField(allow_null=True, help_text="Send it as `after`.")
    results = TouchpointSerializer(many=True)


class LineQuery(serializers.Serializer):
    """What of a line is wanted."""

    channel = serializers.MultipleChoiceField(
        choices=choices.TOUCHPOINT_CHANNELS, required=False, default=set
    )
    direction = serializers.ChoiceField(choices=["IN", "OUT"], required=False, default="")
    since = serializers.DateField(required=False, default=None)
    until = serializers.DateField(required=False, default=None)
    q = serializers.CharField(required=False, default="", max_length=200)
    after = serializers.CharField(required=False, default="", max_length=60)
    limit = serializers.IntegerField(required=False, default=50, min_value=1, max_value=200)

    def validate_after(self, text: str) -> Cursor | None:
        """A place as ``next`` gave it."""
        place = Cursor.parse(text) if text else None
        if text and place is None:
            raise serializers.ValidationError("Not a place in the line.")
        return place


class PersonInput(serializers.Serializer):
    """A person who took part."""

    id = serializers.UUIDField()
    role = serializers.ChoiceField(
        choices=choices.PARTICIPANT_ROLES, default=ParticipantRole.PARTNER
    )


class FileInput(serializers.Serializer):
    """A file of a contact, at most 25 MB."""

    name = serializers.CharField(max_length=255)
    content = serializers.CharField(help_text="Base64.")

    def validate_content(self, text: str) -> bytes:
        """The bytes."""
        try:
            return b64decode(text, validate=True)
        except ValueError as error:
            raise serializers.ValidationError(_("Das ist kein Base64.")) from error


class TouchpointInput(serializers.Serializer):
    """A contact that happened. Without persons and companies it hangs on ``contact_value``.

    The same ``external_id`` of a ``system`` is taken in once: the first is returned again.
    """

    channel = serializers.ChoiceField(choices=choices.TOUCHPOINT_CHANNELS)
    direction = serializers.ChoiceField(
        choices=choices.DIRECTIONS, required=False, allow_blank=True, default=""
    )
    happened_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    ended_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    persons = serializers.ListField(
        child=PersonInput(), required=False, default=list, max_length=MOST_NAMED
    )
    companies = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=MOST_NAMED
    )
    opportunities = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=MOST_NAMED
    )
    contact_value = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=400
    )
    subject = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)
    body = serializers.CharField(required=False, allow_blank=True, default="", max_length=200_000)
    html = serializers.CharField(required=False, allow_blank=True, default="", max_length=1_000_000)
    outcome = serializers.ChoiceField(
        choices=choices.TOUCHPOINT_OUTCOMES, required=False, allow_blank=True, default=""
    )
    category = serializers.IntegerField(required=False, allow_null=True, default=None)
    files = serializers.ListField(
        child=FileInput(), required=False, default=list, max_length=MOST_FILES
    )
    case = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)
    thread = serializers.UUIDField(required=False, allow_null=True, default=None)
    system = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)
    external_id = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=300
    )


class CorrectionInput(serializers.Serializer):
    """What is put right in a contact; a later entry takes its place."""

    subject = serializers.CharField(required=False, allow_blank=True, max_length=300)
    body = serializers.CharField(required=False, allow_blank=True, max_length=200_000)
    outcome = serializers.ChoiceField(
        choices=choices.TOUCHPOINT_OUTCOMES, required=False, allow_blank=True
    )
    category = serializers.IntegerField(required=False, allow_null=True)
    happened_at = serializers.DateTimeField(required=False)


class Line(View):
    """The line of one record: persons, companies and opportunities alike."""

    kind: ClassVar[str] = "person"

    def owner(self, public_id: UUID) -> Owner:
        """Whose line it is, if the user may see it."""
        if self.kind == "opportunity":
            return access.opportunity_for(user=self.user, public_id=public_id)
        return self.person(public_id) if self.kind == "person" else self.company(public_id)

    @describe(tag=TAG, returns=TouchpointPage, parameters=[LineQuery])
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read a line page by page, the latest contact first."""
        policy.require(self.user, Permission.HISTORY_VIEW)
        asked = LineQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        page = timeline.page(
            user=self.user,
            owner=self.owner(public_id),
            filters=Filters(
                channels=tuple(values["channel"]),
                direction=values["direction"],
                since=values["since"],
                until=values["until"],
                text=values["q"],
            ),
            before=values["after"] or None,
            size=values["limit"],
        )
        results = shown(page.entries, self.user)
        return Response({"next": str(page.older) if page.older else None, "results": results})


class Touchpoints(View):
    """Recording contacts."""

    writing = Permission.HISTORY_RECORD

    @describe(
        tag=TAG,
        body=TouchpointInput,
        returns=TouchpointSerializer,
        status=status.HTTP_201_CREATED,
    )
    def post(self, request: Request) -> Response:
        """Record a contact that happened, with whoever took part in it."""
        body = self.read(TouchpointInput)
        times = touchpoints.Times(
            answered_at=body.pop("answered_at"), ended_at=body.pop("ended_at")
        )
        persons = [(self.person(each["id"]), each["role"]) for each in body.pop("persons")]
        companies = [self.company(each) for each in body.pop("companies")]
        deals = [
            access.opportunity_for(user=self.user, public_id=each)
            for each in body.pop("opportunities")
        ]
        files = [Upload(name=each["name"], content=each["content"]) for each in body.pop("files")]
        made = touchpoints.record(
            actor=self.user,
            category=categories.sent(body.pop("category"), field="category"),
            files=files,
            persons=list(dict(persons).items()),
            companies=list(dict.fromkeys(companies)),
            opportunities=list(dict.fromkeys(deals)),
            times=times,
            at=clock.now(),
            **body,
        )
        return Response(one(made, self.user), status=status.HTTP_201_CREATED)


class TouchpointDetail(View):
    """One contact."""

    writing = Permission.HISTORY_RECORD

    @describe(tag=TAG, returns=TouchpointSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read a contact."""
        policy.require(self.user, Permission.HISTORY_VIEW)
        found = access.touchpoint_for(user=self.user, public_id=public_id)
        return Response(one(found, self.user))


class TouchpointFile(View):
    """A file of a contact."""

    @describe(
        tag=TAG,
        returns=OpenApiTypes.BINARY,
        refuses=(401, 403, 404),
        operation_id="contact_file_read",
    )
    def get(self, request: Request, public_id: UUID) -> FileResponse:
        """Read a file as it was kept."""
        policy.require(self.user, Permission.HISTORY_VIEW)
        found = access.attachment_for(user=self.user, public_id=public_id)
        return FileResponse(
            attachments.opened(found), as_attachment=True, filename=found.name,
            content_type="application/octet-stream",
        )  # fmt: skip


class Correcting(View):
    """Putting a contact right."""

    writing = Permission.HISTORY_RECORD

    @describe(
        tag=TAG,
        body=CorrectionInput,
        returns=TouchpointSerializer,
        refuses=(400, 401, 403, 404, 409),
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Put a corrected entry in its place; the former one stays readable."""
        found = access.touchpoint_for(user=self.user, public_id=public_id)
        values = self.read(CorrectionInput)
        if "category" in values:
            values["category"] = categories.sent(values["category"], field="category")
        later = corrections.correct(
            actor=self.user, touchpoint=found, values=values, at=clock.now()
        )
        return Response(one(later, self.user))


def one(touchpoint: Touchpoint, user: User) -> dict[str, Any]:
    """A contact as the API shows it."""
    return shown(list(timeline.loaded([touchpoint.pk])), user)[0]


def shown(entries: list[Touchpoint], user: User) -> list[dict[str, Any]]:
    """Contacts as the API shows them; who is out of sight is counted, not named."""
    seen = sight.of(entries, user=user)
    return list(TouchpointSerializer(entries, many=True, context={"seen": seen}).data)


def _participant(row: Participation, seen: Sight) -> dict[str, Any]:
    subject = row.person or row.company or row.opportunity
    known = subject if subject is not None and seen.sees(row) else None
    return {
        "role": row.role,
        "kind": subject._meta.model_name if subject else "contact_point",
        "id": str(known.public_id) if known else None,
        "name": str(known) if known else "",
    }
