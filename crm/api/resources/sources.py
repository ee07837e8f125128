"""``/sources``."""

from uuid import UUID

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts import sources
from contacts.models import ContactPointKind, Source, SourceKind
from crm.accounts import policy
from crm.api.base import View, describe
from crm.kernel import clock, errors

TAG = "Sources"


class SourceSerializer(serializers.ModelSerializer[Source]):
    """Where data come from, with licence and use-until."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = Source
        fields = ("id", *sources.FIELDS, "created_at")


class SourceChange(serializers.Serializer):
    """Fields to change; those left out stay. Bought addresses need licence and use-until."""

    kind = serializers.ChoiceField(choices=SourceKind.choices, required=False)
    name = serializers.CharField(max_length=200, required=False)
    supplier = serializers.CharField(max_length=200, required=False, allow_blank=True)
    licence = serializers.CharField(max_length=500, required=False, allow_blank=True)
    licensed_channels = serializers.ListField(
        child=serializers.ChoiceField(choices=ContactPointKind.choices), required=False
    )
    use_until = serializers.DateField(required=False, allow_null=True)
    remark = serializers.CharField(required=False, allow_blank=True)
    is_active = serializers.BooleanField(required=False)


class SourceInput(SourceChange):
    """A new source."""

    kind = serializers.ChoiceField(choices=SourceKind.choices)
    name = serializers.CharField(max_length=200)
    is_active = None


class SourceList(View):
    """All sources."""

    @describe(
        tag=TAG,
        returns=SourceSerializer(many=True),
        refuses=(401, 403),
        operation_id="source_list",
    )
    def get(self, request: Request) -> Response:
        """List the sources by name."""
        policy.require(self.user, policy.Permission.CONTACTS_VIEW)
        return Response(SourceSerializer(Source.objects.all(), many=True).data)

    @describe(
        tag=TAG, body=SourceInput, returns=SourceSerializer, status=201, refuses=(400, 401, 403)
    )
    def post(self, request: Request) -> Response:
        """Create a source."""
        sources.require_manager(self.user)
        source = sources.create(actor=self.user, **self.read(SourceInput), at=clock.now())
        return Response(SourceSerializer(source).data, status=status.HTTP_201_CREATED)


class SourceDetail(View):
    """One source."""

    writing = policy.Permission.SOURCES_MANAGE

    @describe(
        tag=TAG, returns=SourceSerializer, operation_id="source_read", refuses=(401, 403, 404)
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read a source."""
        return Response(SourceSerializer(self.fetch(public_id)).data)

    @describe(tag=TAG, body=SourceChange, returns=SourceSerializer)
    def patch(self, request: Request, public_id: UUID) -> Response:
        """Change a source."""
        source = sources.update(
            actor=self.user,
            source=self.fetch(public_id),
            values=self.read(SourceChange, partial=True),
            at=clock.now(),
        )
        return Response(SourceSerializer(source).data)

    def fetch(self, public_id: UUID) -> Source:
        policy.require(self.user, policy.Permission.CONTACTS_VIEW)
        source = Source.objects.filter(public_id=public_id).first()
        if source is None:
            raise errors.NotFound(public_id=str(public_id))
        return source
