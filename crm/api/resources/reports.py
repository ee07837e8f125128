"""``GET /reports/{name}``: the numbers behind the reports of the screens."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.kernel import clock
from history.reports import catalogue
from history.reports.asking import Asked
from history.reports.report import Report


class ReportQuery(serializers.Serializer):
    """The days, both included; without them the last twelve weeks. ``team`` is a public id."""

    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)
    team = serializers.UUIDField(required=False)


class ColumnSerializer(serializers.Serializer):
    """A column of the rows."""

    code = serializers.CharField()
    label = serializers.CharField()
    sort = serializers.ChoiceField(choices=["text", "count", "money", "share", "day"])


class ReportSerializer(serializers.Serializer):
    """A table; ``rows`` map the codes of ``columns`` to values. Money is text in EUR."""

    name = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField()
    columns = ColumnSerializer(many=True)
    rows = serializers.SerializerMethodField()
    note = serializers.CharField()

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_rows(self, told: dict[str, Any]) -> list[dict[str, Any]]:
        return [{code: _plain(value) for code, value in row.items()} for row in told["rows"]]


class Reports(View):
    """One report."""

    @describe(
        tag="Reports", returns=ReportSerializer, refuses=(400, 401, 403, 404),
        parameters=[ReportQuery], operation_id="report_read",
    )  # fmt: skip
    def get(self, request: Request, name: str) -> Response:
        """Read `pipeline`, `follow-ups`, `contacts` or `quality`, of what you see."""
        policy.require(self.user, Permission.REPORTS_VIEW)
        query = ReportQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = Asked.of(user=self.user, at=clock.now(), **query.validated_data)
        found = catalogue.make(name, asked)
        return Response(ReportSerializer(_told(found, asked)).data)


def _told(found: Report, asked: Asked) -> dict[str, Any]:
    names = ("name", "columns", "rows", "note")
    return {
        **{name: getattr(found, name) for name in names},
        "since": asked.since,
        "until": asked.until,
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | float) else str(value)
