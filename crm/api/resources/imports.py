"""``/imports``: upload, configure, try, run, cancel, take back."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from contacts import access
from contacts.importing import imports
from contacts.models import Company, ImportOutcome, ImportRow, ImportRun, Person, Source
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.api.fields import SourceField, TeamField, UserField
from crm.api.resources.parts import SourceSummary
from crm.kernel import clock

TAG = "Imports"
ROWS_OF_A_PAGE = 200


class ImportSerializer(serializers.ModelSerializer[ImportRun]):
    """An import with its figures."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    source = SourceSummary(read_only=True)
    settings = serializers.JSONField(
        read_only=True, help_text="Encoding, delimiter, sheet, header row, preset, mapping."
    )

    class Meta:
        model = ImportRun
        fields = (
            "id",
            "file_name",
            "file_size",
            "source",
            "settings",
            "update_existing",
            "dry_run",
            "state",
            "failure",
            "rows_total",
            "position",
            "created_count",
            "updated_count",
            "unchanged_count",
            "rejected_count",
            "marked_count",
            "created_at",
            "started_at",
            "finished_at",
        )


class ImportRowSerializer(serializers.ModelSerializer[ImportRow]):
    """What became of one row."""

    person = serializers.UUIDField(source="seen_person", read_only=True, allow_null=True)
    company = serializers.UUIDField(source="seen_company", read_only=True, allow_null=True)

    class Meta:
        model = ImportRow
        fields = ("number", "outcome", "person", "company", "column", "reason_code", "reason")


class ImportUpload(serializers.Serializer):
    """A file and where it comes from."""

    file = serializers.FileField(allow_empty_file=True)
    source = SourceField()
    preset = serializers.CharField(default="auto", help_text="auto, outlook, google, erp, vcard")
    update_existing = serializers.BooleanField(default=False)
    owner = UserField(required=False, allow_null=True)
    team = TeamField(required=False, allow_null=True)


class ImportChange(serializers.Serializer):
    """How the file is read and what its columns mean."""

    reading = serializers.DictField(
        required=False, help_text="encoding, delimiter, sheet, header_row"
    )
    preset = serializers.CharField(required=False)
    mapping = serializers.DictField(required=False, help_text="columns, defaults, translations")
    update_existing = serializers.BooleanField(required=False)


class ImportStart(serializers.Serializer):
    """``dry_run`` does everything and keeps nothing but the result of each row."""

    dry_run = serializers.BooleanField(default=False)


class ImportList(View):
    """Imports that the user may see."""

    @describe(
        tag=TAG, returns=ImportSerializer(many=True), refuses=(401, 403), operation_id="import_list"
    )
    def get(self, request: Request) -> Response:
        """List the latest hundred imports."""
        runs = access.imports_of(self.user)[:100]
        return Response(ImportSerializer(runs, many=True).data)


class ImportUploads(View):
    """The door for files."""

    writing = Permission.CONTACTS_IMPORT
    parser_classes = [MultiPartParser]

    @describe(
        tag=TAG,
        body={"multipart/form-data": ImportUpload},
        returns=ImportSerializer,
        status=201,
        refuses=(400, 401, 403, 422),
    )
    def post(self, request: Request) -> Response:
        """Upload a file; the answer shows how it is read and what its columns probably mean."""
        body = self.read(ImportUpload)
        file, source = body.pop("file"), body.pop("source")
        run = imports.upload(
            actor=self.user,
            file=file,
            file_name=file.name,
            source=Source.objects.get(pk=source.pk),
            **body,
            at=clock.now(),
        )
        return Response(ImportSerializer(run).data, status=status.HTTP_201_CREATED)


class ImportView(View):
    """Base of views on one import."""

    writing = Permission.CONTACTS_IMPORT

    def run(self, public_id: UUID) -> ImportRun:
        return access.import_for(user=self.user, public_id=public_id)


class ImportDetail(ImportView):
    """One import."""

    @describe(
        tag=TAG, returns=ImportSerializer, refuses=(401, 403, 404), operation_id="import_read"
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read state and figures."""
        return Response(ImportSerializer(self.run(public_id)).data)

    @describe(
        tag=TAG,
        body=ImportChange,
        returns=ImportSerializer,
        refuses=(400, 401, 403, 404, 422),
    )
    def patch(self, request: Request, public_id: UUID) -> Response:
        """Change how the file is read and what its columns mean, before it begins."""
        run = self.run(public_id)
        changed = imports.configure(
            actor=self.user, run=run, **self.read(ImportChange, partial=True), at=clock.now()
        )
        return Response(ImportSerializer(changed).data)

    @describe(tag=TAG, returns=None, status=204, refuses=(401, 403, 404, 422))
    def delete(self, request: Request, public_id: UUID) -> Response:
        """Throw away an upload of which nothing was taken over."""
        imports.discard(actor=self.user, run=self.run(public_id), at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class ImportStarting(ImportView):
    """Begin, or go on."""

    @describe(
        tag=TAG,
        body=ImportStart,
        returns=ImportSerializer,
        status=202,
        refuses=(400, 401, 403, 404, 422),
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Queue the import or its dry run."""
        run = self.run(public_id)
        started = imports.start(actor=self.user, run=run, **self.read(ImportStart), at=clock.now())
        return Response(ImportSerializer(started).data, status=status.HTTP_202_ACCEPTED)


class ImportCancelling(ImportView):
    """Stop."""

    @describe(tag=TAG, returns=ImportSerializer, status=202, refuses=(401, 403, 404, 422))
    def post(self, request: Request, public_id: UUID) -> Response:
        """Stop after the chunk under way."""
        run = imports.cancel(actor=self.user, run=self.run(public_id), at=clock.now())
        return Response(ImportSerializer(run).data, status=status.HTTP_202_ACCEPTED)


class ImportReverting(ImportView):
    """Take back."""

    @describe(tag=TAG, returns=ImportSerializer, status=202, refuses=(401, 403, 404, 422))
    def post(self, request: Request, public_id: UUID) -> Response:
        """Take back everything the import wrote, updates included."""
        run = imports.revert(actor=self.user, run=self.run(public_id), at=clock.now())
        return Response(ImportSerializer(run).data, status=status.HTTP_202_ACCEPTED)


class ImportRowsQuery(serializers.Serializer):
    """Which rows."""

    outcome = serializers.ChoiceField(choices=ImportOutcome.choices, required=False)
    after = serializers.IntegerField(min_value=0, default=0)


class ImportRows(ImportView):
    """Results row by row."""

    @describe(
        tag=TAG,
        returns=ImportRowSerializer(many=True),
        refuses=(400, 401, 403, 404),
        parameters=[
            OpenApiParameter("outcome", str, enum=list(ImportOutcome.values)),
            OpenApiParameter("after", int, description="Number of the last row seen."),
        ],
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """List the next 200 rows with their outcome."""
        run = self.run(public_id)
        asked = ImportRowsQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = run.rows.filter(number__gt=asked.validated_data["after"])
        if outcome := asked.validated_data.get("outcome"):
            rows = rows.filter(outcome=outcome)
        rows = rows.annotate(
            seen_person=self.seen(Person, "person"), seen_company=self.seen(Company, "company")
        ).order_by("number")[:ROWS_OF_A_PAGE]
        return Response(ImportRowSerializer(rows, many=True).data)

    def seen(self, model: Any, name: str) -> Subquery:
        """The public id of a row's record, null if the user may not see it (any more)."""
        records = model.objects.visible_to(self.user).order_by().filter(pk=OuterRef(name))
        return Subquery(records.values("public_id"))
