"""``GET /quality``: the numbers of the data quality desk."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contacts import quality_desk
from contacts.duplicates.settlements import Act, Settled, Share
from contacts.listing import ListName
from contacts.listing.quality import SourceFigure
from contacts.matching.explain import BANDS
from contacts.quality_desk import Part
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.kernel import clock


class QualityQuery(serializers.Serializer):
    """Whether numbers that were counted before will do."""

    anew = serializers.BooleanField(
        default=False, help_text="Count now; otherwise numbers may be five minutes old."
    )


class MeasureSerializer(serializers.Serializer):
    """How many records of the list have something in common."""

    code = serializers.CharField(source="measure.code")
    label = serializers.CharField(source="measure.label")
    count = serializers.IntegerField()
    query = serializers.CharField(help_text="Query string of `/persons` or `/companies`.")


class SuspectCounts(serializers.Serializer):
    """Groups of suspects of which somebody has yet to decide."""

    total = serializers.IntegerField()
    by_band = serializers.SerializerMethodField()

    @extend_schema_field(
        {"type": "object", "additionalProperties": {"type": "integer"}, "required": list(BANDS)}
    )
    def get_by_band(self, groups: Any) -> dict[str, int]:
        return dict(groups.by_band)


class QualityOfSource(serializers.Serializer):
    """The records of one source. ``suspects`` are open groups with one of them, null before the
    first search."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    total = serializers.IntegerField()
    fresh = serializers.IntegerField(help_text="Confirmed within two years.")
    stale = serializers.IntegerField(help_text="Confirmed longer ago.")
    never = serializers.IntegerField(help_text="Never confirmed.")
    completeness = serializers.FloatField(help_text="Mean percentage.")
    query = serializers.CharField(help_text="Query string of `/persons` or `/companies`.")
    suspects = serializers.IntegerField(allow_null=True)


class QualityOfList(serializers.Serializer):
    """The numbers of one list."""

    list = serializers.ChoiceField(source="name", choices=[each.value for each in ListName])
    total = serializers.IntegerField()
    weaknesses = MeasureSerializer(many=True)
    freshness = MeasureSerializer(many=True)
    completeness = MeasureSerializer(many=True)
    suspects = SuspectCounts(allow_null=True)
    sources = serializers.SerializerMethodField()

    @extend_schema_field(QualityOfSource(many=True))
    def get_sources(self, part: Part) -> Any:
        found = [_of_source(part, figure) for figure in part.sources]
        return QualityOfSource(found, many=True).data


class SettledCounts(serializers.Serializer):
    """How many of each; `merged` and `undone` are null if your role may not merge."""

    merged = serializers.IntegerField(allow_null=True)
    same = serializers.IntegerField()
    different = serializers.IntegerField()
    undone = serializers.IntegerField(allow_null=True)


class SettledShare(serializers.Serializer):
    """What one user did; ``user`` is null for the installation itself."""

    user = serializers.UUIDField(allow_null=True)
    counts = SettledCounts()


class SettledSerializer(serializers.Serializer):
    """What was merged, undone and decided on a day. Those who may not start searches learn of
    their own acts only."""

    day = serializers.DateField()
    counts = SettledCounts()
    by_user = SettledShare(many=True)


class QualitySerializer(serializers.Serializer):
    """The desk. ``lists`` are as old as ``counted_at``, ``settled_today`` is of this moment."""

    counted_at = serializers.DateTimeField()
    lists = QualityOfList(many=True)
    settled_today = SettledSerializer()


class Quality(View):
    """The data quality desk."""

    @describe(
        tag="Quality", returns=QualitySerializer, refuses=(400, 401, 403),
        parameters=[QualityQuery], operation_id="quality_read",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Read how complete, confirmed and free of duplicates the records are that you see."""
        policy.require(self.user, Permission.CONTACTS_VIEW)
        asked = QualityQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = quality_desk.numbers(user=self.user, at=clock.now(), **asked.validated_data)
        told = {
            "counted_at": found.at,
            "lists": found.parts,
            "settled_today": _settled(found.settled),
        }
        return Response(QualitySerializer(told).data)


def _of_source(part: Part, figure: SourceFigure) -> dict[str, Any]:
    suspects = part.suspects
    return {
        "id": figure.source.public_id,
        "name": figure.source.name,
        **{name: getattr(figure, name) for name in ("total", "fresh", "stale", "never")},
        "completeness": round(figure.completeness, 1),
        "query": figure.query,
        "suspects": None if suspects is None else suspects.by_source.get(figure.source.pk, 0),
    }


def _settled(settled: Settled) -> dict[str, Any]:
    return {
        "day": settled.day,
        "counts": _counts(settled.counts),
        "by_user": [
            {"user": _user(share), "counts": _counts(share.counts)} for share in settled.shares
        ],
    }


def _counts(counts: dict[Act, int]) -> dict[str, int | None]:
    return {act.value: counts.get(act) for act in Act}


def _user(share: Share) -> UUID | None:
    return share.user.public_id if share.user else None
