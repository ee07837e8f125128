"""``/merges``: what making records one would do, doing it, and taking it back."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts import merging
from contacts.merging import fields, lists
from contacts.merging.fields import Field
from contacts.merging.undoing import UndoPreview
from contacts.models import Merge, MergeMember, MergeOrigin
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.api.resources.duplicates import KINDS
from crm.kernel import clock
from crm.kernel.audit import jsonable

TAG = "Merges"
MOST_ROWS = 200


class MergingRecord(serializers.Serializer):
    """One of the records that are compared."""

    id = serializers.UUIDField(source="public_id")
    full_name = serializers.CharField()
    version = serializers.IntegerField()


class FieldValue(serializers.Serializer):
    """What one record has."""

    record = serializers.UUIDField()
    value = serializers.SerializerMethodField(method_name="as_json")
    source = serializers.UUIDField(source="source.public_id", allow_null=True, default=None)
    confirmed_on = serializers.DateField(allow_null=True)

    @extend_schema_field(serializers.JSONField())
    def as_json(self, value: fields.Value) -> Any:
        return jsonable(value.value)


class FieldSerializer(serializers.Serializer):
    """A field side by side; ``record`` is whose value the survivor gets if you do not choose."""

    name = serializers.CharField()
    state = serializers.ChoiceField(choices=[each.value for each in fields.State])
    record = serializers.UUIDField(source="chosen")
    why = serializers.ChoiceField(choices=[each.value for each in fields.Why])
    reason = serializers.CharField()
    value = serializers.SerializerMethodField(method_name="as_json")
    values = FieldValue(many=True)

    @extend_schema_field(serializers.JSONField())
    def as_json(self, each: Field) -> Any:
        return jsonable(each.value)


class ItemSerializer(serializers.Serializer):
    """One row of a list."""

    row = serializers.IntegerField(source="row.pk")
    text = serializers.CharField(source="row")
    record = serializers.UUIDField()
    fate = serializers.ChoiceField(choices=[each.value for each in lists.Fate])
    kept = serializers.IntegerField(
        allow_null=True, help_text="The equal row that a folded one goes into."
    )


class ListSerializer(serializers.Serializer):
    """Contact points, addresses and the like; ``total`` counts those not shown as well."""

    model = serializers.CharField()
    total = serializers.IntegerField()
    items = ItemSerializer(many=True)


class MovingSerializer(serializers.Serializer):
    """How many rows of a model move."""

    model = serializers.CharField()
    link = serializers.CharField()
    count = serializers.IntegerField()


class PreviewSerializer(serializers.Serializer):
    """What a merge would do."""

    survivor = serializers.UUIDField(source="survivor.public_id")
    suggested = serializers.UUIDField(source="suggested.public_id")
    records = MergingRecord(many=True)
    fields_ = FieldSerializer(many=True, source="fields")
    lists = ListSerializer(many=True)
    moves = MovingSerializer(many=True)
    decisions = serializers.SerializerMethodField(
        help_text="Decisions that two of them are different."
    )
    refusal = serializers.CharField(allow_blank=True)

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_decisions(self, preview: merging.Preview) -> list[UUID]:
        return [each.public_id for each in preview.decisions]

    def get_fields(self) -> dict[str, Any]:
        """``fields`` is a word of the serializers themselves."""
        found = super().get_fields()
        found["fields"] = found.pop("fields_")
        found["fields"].source = None
        return found


class MemberSerializer(serializers.Serializer):
    """One of the merged records, under the name it had."""

    id = serializers.SerializerMethodField()
    label = serializers.CharField()
    is_survivor = serializers.BooleanField()

    @extend_schema_field(serializers.UUIDField())
    def get_id(self, member: MergeMember) -> UUID | None:
        record = member.person or member.company
        return record.public_id if record else None


class MergeSerializer(serializers.Serializer):
    """Records that were made one."""

    id = serializers.UUIDField(source="public_id")
    kind = serializers.SerializerMethodField()
    origin = serializers.ChoiceField(choices=MergeOrigin.choices)
    reason = serializers.CharField(allow_blank=True)
    members = MemberSerializer(many=True)
    merged_by = serializers.UUIDField(source="merged_by.public_id", allow_null=True, default=None)
    merged_at = serializers.DateTimeField()
    undone_by = serializers.UUIDField(source="undone_by.public_id", allow_null=True, default=None)
    undone_at = serializers.DateTimeField(allow_null=True)
    redoes = serializers.UUIDField(source="redoes.public_id", allow_null=True, default=None)

    @extend_schema_field(serializers.ChoiceField(choices=list(KINDS)))
    def get_kind(self, merge: Merge) -> str:
        return next(word for word, code in KINDS.items() if code == merge.kind)


class RestoredSerializer(serializers.Serializer):
    """A column of the survivor that the merge changed."""

    name = serializers.CharField()
    before = serializers.JSONField()
    now = serializers.JSONField()
    is_set_back = serializers.BooleanField()
    is_edited = serializers.BooleanField()


class CountedSerializer(serializers.Serializer):
    """How many rows of a model."""

    model = serializers.CharField()
    count = serializers.IntegerField()


class AddedSerializer(serializers.Serializer):
    """A row added after the merge that goes to a restored record unless you keep ``ref``."""

    ref = serializers.CharField()
    text = serializers.CharField(source="row")
    record = serializers.UUIDField(source="record.public_id")


class UndoPreviewSerializer(serializers.Serializer):
    """What an undo would do."""

    survivor = serializers.UUIDField(source="survivor.public_id")
    restored = MemberSerializer(many=True)
    columns = RestoredSerializer(many=True, source="fields")
    returning = CountedSerializer(many=True)
    gone = CountedSerializer(many=True)
    staying = CountedSerializer(many=True)
    belonging = AddedSerializer(many=True)
    refusal = serializers.CharField(allow_blank=True)


class PreviewInput(serializers.Serializer):
    """Two or more records of one kind; without ``survivor`` the suggested one stays."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    records = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=50)
    survivor = serializers.UUIDField(required=False)
    choices = serializers.DictField(
        child=serializers.UUIDField(), required=False, help_text="Field → record."
    )


class MergeInput(serializers.Serializer):
    """Who stays, who goes into it, whose values are taken."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    survivor = serializers.UUIDField()
    others = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=49)
    choices = serializers.DictField(
        child=serializers.UUIDField(), required=False, help_text="Field → record."
    )
    versions = serializers.DictField(
        child=serializers.IntegerField(),
        required=False,
        help_text="Record → version of the preview; refuses the merge if somebody was faster.",
    )
    reason = serializers.CharField(required=False, allow_blank=True, max_length=500)
    despite_decision = serializers.BooleanField(
        default=False, help_text="Although somebody decided that two of them are different."
    )


class UndoInput(serializers.Serializer):
    """Which of the rows that would go back stay."""

    keep_with_survivor = serializers.ListField(child=serializers.CharField(), required=False)


class MergeQuery(serializers.Serializer):
    """Which merges."""

    kind = serializers.ChoiceField(choices=list(KINDS), required=False)
    origin = serializers.ChoiceField(choices=MergeOrigin.choices, required=False)
    day = serializers.DateField(required=False)
    record = serializers.UUIDField(required=False)


class Previews(View):
    """What a merge would do."""

    writing = Permission.CONTACTS_MERGE

    @describe(
        tag=TAG, body=PreviewInput, returns=PreviewSerializer,
        refuses=(400, 401, 403, 404, 409, 422), operation_id="merge_preview",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Compare records as a merge would; nothing is changed."""
        body = self.read(PreviewInput)
        ids = list(dict.fromkeys([*body["records"], *filter(None, [body.get("survivor")])]))
        records = merging.records_for(user=self.user, kind=KINDS[body["kind"]], public_ids=ids)
        survivor = next((each for each in records if each.public_id == body.get("survivor")), None)
        found = merging.preview(
            actor=self.user, records=records, survivor=survivor, choices=body.get("choices")
        )
        return Response(PreviewSerializer(found).data)


class Merges(View):
    """Merges, and the door for new ones."""

    writing = Permission.CONTACTS_MERGE

    @describe(
        tag=TAG, returns=MergeSerializer(many=True), refuses=(400, 401, 403, 404),
        parameters=[MergeQuery], operation_id="merge_list",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List the latest 200 merges whose records you may all see."""
        policy.require(self.user, Permission.CONTACTS_MERGE)
        asked = MergeQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = merging.merges_of(self.user)
        values = asked.validated_data
        if kind := values.get("kind"):
            rows = rows.filter(kind=KINDS[kind])
        if origin := values.get("origin"):
            rows = rows.filter(origin=origin)
        if day := values.get("day"):
            rows = merging.of_day(rows, day)
        if record := values.get("record"):
            rows = merging.named(rows, record)
        return Response(MergeSerializer(rows[:MOST_ROWS], many=True).data)

    @describe(
        tag=TAG, body=MergeInput, returns=MergeSerializer, status=201,
        refuses=(400, 401, 403, 404, 409, 422),
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Make records one. The others' addresses lead to the survivor from now on."""
        body = self.read(MergeInput)
        survivor, *others = merging.records_for(
            user=self.user,
            kind=KINDS[body["kind"]],
            public_ids=[body["survivor"], *body["others"]],
        )
        merge = merging.merge(
            actor=self.user,
            survivor=survivor,
            others=others,
            choices=body.get("choices"),
            versions=_by_record(body.get("versions") or {}),
            reason=body.get("reason", ""),
            despite_decision=body["despite_decision"],
            at=clock.now(),
        )
        return Response(_told(self, merge), status=status.HTTP_201_CREATED)


class MergeDetail(View):
    """One merge."""

    @describe(tag=TAG, returns=MergeSerializer, refuses=(401, 403, 404), operation_id="merge_read")
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read one merge."""
        merge = merging.merge_for(user=self.user, public_id=public_id)
        return Response(MergeSerializer(merge).data)


class Undoing(View):
    """Take back."""

    writing = Permission.CONTACTS_MERGE

    @describe(
        tag=TAG, returns=UndoPreviewSerializer, refuses=(401, 403, 404, 409),
        operation_id="merge_undo_preview",
    )  # fmt: skip
    def get(self, request: Request, public_id: UUID) -> Response:
        """See what an undo would do."""
        merge = merging.merge_for(user=self.user, public_id=public_id)
        found: UndoPreview = merging.undo_preview(actor=self.user, merge=merge)
        return Response(UndoPreviewSerializer(found).data)

    @describe(
        tag=TAG, body=UndoInput, returns=MergeSerializer, refuses=(400, 401, 403, 404, 409),
        operation_id="merge_undo",
    )  # fmt: skip
    def post(self, request: Request, public_id: UUID) -> Response:
        """Make the merged records what they were."""
        body = self.read(UndoInput)
        merge = merging.undo(
            actor=self.user,
            merge=merging.merge_for(user=self.user, public_id=public_id),
            keep_with_survivor=body.get("keep_with_survivor", ()),
            at=clock.now(),
        )
        return Response(_told(self, merge))


class Redoing(View):
    """Undo the undo."""

    writing = Permission.CONTACTS_MERGE

    @describe(
        tag=TAG, returns=MergeSerializer, status=201, refuses=(401, 403, 404, 409, 422),
        operation_id="merge_redo",
    )  # fmt: skip
    def post(self, request: Request, public_id: UUID) -> Response:
        """Make the same records one again; this is a merge of its own."""
        merge = merging.merge_for(user=self.user, public_id=public_id)
        again = merging.redo(actor=self.user, merge=merge, at=clock.now())
        return Response(_told(self, again), status=status.HTTP_201_CREATED)


def _told(view: View, merge: Merge) -> Any:
    return MergeSerializer(merging.merge_for(user=view.user, public_id=merge.public_id)).data


def _by_record(versions: dict[str, int]) -> dict[UUID, int]:
    """Keys of JSON objects are text; what is no identifier names no record."""
    try:
        return {UUID(key): value for key, value in versions.items()}
    except ValueError as error:
        raise serializers.ValidationError({"versions": ["?"]}) from error
