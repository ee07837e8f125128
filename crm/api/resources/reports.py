"""``/reports``: figures for those who lead a team."""

from typing import Any

from django.utils.functional import Promise
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.kernel import audit, clock
from history.reports import catalogue
from history.reports.asking import Asked
from history.reports.report import Report

TAG = "Reports"


class ReportQuery(serializers.Serializer):
    """Which days and which team a report is about; without days the last twelve weeks."""

    since = serializers.DateField(required=False, default=None)
    until = serializers.DateField(required=False, default=None)
    team = serializers.UUIDField(required=False, default=None)


class ReportColumn(serializers.Serializer):
    """A column of the table."""

    code = serializers.CharField()
    label = serializers.SerializerMethodField()

    def get_label(self, column: Any) -> str:
        return str(column.label)


class FiguresSerializer(serializers.Serializer):
    """A report: columns, rows by the codes of the columns, what must be known to read them."""

    name = serializers.CharField()
    columns = ReportColumn(many=True)
    rows = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_rows(self, report: Report) -> list[dict[str, Any]]:
        return [_plain(row) for row in report.rows]

    def get_note(self, report: Report) -> str:
        return str(report.note)


class Reports(View):
    """One report."""

    @describe(tag=TAG, returns=FiguresSerializer, parameters=[ReportQuery])
    def get(self, request: Request, name: str) -> Response:
        """Read a report: `pipeline`, `follow-ups`, `contacts` or `quality`."""
        policy.require(self.user, Permission.REPORTS_VIEW)
        query = ReportQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = Asked.of(user=self.user, at=clock.now(), **query.validated_data)
        return Response(FiguresSerializer(catalogue.make(name, asked)).data)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON knows them; words that are translated late are said now."""
    return {code: _value(value) for code, value in row.items()}


def _value(value: Any) -> Any:
    return str(value) if isinstance(value, Promise) else audit.jsonable(value)
