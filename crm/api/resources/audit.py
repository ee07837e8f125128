"""``GET /audit``: who did what to which object."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contacts import audit_log, audit_query
from contacts.act_kinds import Kind
from contacts.audit_log import Entry
from crm.accounts import policy
from crm.api.base import View, describe

MOST_ROWS = 200


class AuditQuery(serializers.Serializer):
    """Conditions that all hold."""

    actor = serializers.CharField(
        required=False, help_text="`id` of a user, or `installation` for the installation itself."
    )
    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind], required=False)
    object = serializers.CharField(
        required=False,
        help_text=(
            "`person:`, `company:`, `import:`, `source:`, `user:`, `team:` with an `id`, "
            "or `criterion:` with a code."
        ),
    )
    since = serializers.DateField(required=False, help_text="First day.")
    until = serializers.DateField(required=False, help_text="Last day.")
    after = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="`next` of the page before."
    )
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST_ROWS, default=audit_log.PAGE
    )


class AuditSubject(serializers.Serializer):
    """What an entry is about. Of what the reader may not see there is no name."""

    kind = serializers.CharField()
    id = serializers.CharField(source="key", help_text="Empty if it is gone or has no address.")
    name = serializers.CharField()
    is_visible = serializers.BooleanField()


class AuditDetail(serializers.Serializer):
    """One difference, or one fact with an empty `old`; days in ISO 8601."""

    label = serializers.CharField()
    old = serializers.SerializerMethodField()
    new = serializers.SerializerMethodField()

    def get_old(self, detail: Any) -> str:
        return str(detail.old)

    def get_new(self, detail: Any) -> str:
        return str(detail.new)


class AuditEntrySerializer(serializers.Serializer):
    """One act. ``actor`` is empty for the installation itself; ``title`` says ``action`` in
    words."""

    id = serializers.IntegerField(source="number")
    at = serializers.DateTimeField()
    actor = serializers.CharField()
    action = serializers.CharField()
    title = serializers.CharField()
    object = serializers.SerializerMethodField()
    details = AuditDetail(many=True)

    @extend_schema_field(AuditSubject(allow_null=True))
    def get_object(self, entry: Entry) -> dict[str, Any] | None:
        return dict(AuditSubject(entry.subject).data) if entry.subject else None


class AuditPage(serializers.Serializer):
    """One page of the log, the latest entry first."""

    next = serializers.IntegerField(allow_null=True, help_text="Send it as `after`.")
    results = AuditEntrySerializer(many=True)


class AuditLog(View):
    """The audit log."""

    @describe(
        tag="Audit",
        returns=AuditPage,
        refuses=(400, 401, 403, 404),
        parameters=[AuditQuery],
        operation_id="audit_list",
    )
    def get(self, request: Request) -> Response:
        """Read who did what and when, in as far as the user may see it."""
        policy.require(self.user, policy.Permission.AUDIT_VIEW)
        asked = AuditQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        after, limit = values.pop("after", 0), values.pop("limit")
        page = audit_log.page(
            reader=self.user,
            query=audit_query.of(reader=self.user, **values),
            after=after,
            size=limit,
        )
        results = AuditEntrySerializer(page.entries, many=True).data
        return Response({"next": page.older or None, "results": results})
