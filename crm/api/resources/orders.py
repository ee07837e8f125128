"""``POST /orders`` takes rows of an ERP over; ``GET /persons/{id}/orders`` and its like list."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.kernel import clock
from history.commerce import of_record, takeovers
from history.models import Invoice, Order, OrderLine, RefusedRow, Takeover, TakeoverKind


@extend_schema_field(
    {"type": "object", "additionalProperties": {"oneOf": [{"type": "string"}, {"type": "number"}]}}
)
class RowField(serializers.DictField):
    """Field → text or number of one row, as text."""

    def to_internal_value(self, data: Any) -> dict[str, str]:
        row = super().to_internal_value(data)
        strange = [name for name, value in row.items() if not _is_plain(value)]
        if strange:
            raise serializers.ValidationError(
                {name: [_("Erwartet wird Text oder eine Zahl.")] for name in strange}
            )
        return {name: "" if value is None else str(value) for name, value in row.items()}


class RowsBody(serializers.Serializer):
    """Rows of one kind. ``name`` says in the log where they come from."""

    kind = serializers.ChoiceField(choices=TakeoverKind.choices, default=TakeoverKind.ORDERS)
    rows = serializers.ListField(
        child=RowField(),
        help_text="At most 5000. Numbers have a decimal point, days are ISO dates. Fields of "
        "orders: `number`, `ordered_on`, `total`, `customer`, `kind`, `status`; further kinds: "
        "see the handbook.",
    )
    name = serializers.CharField(max_length=200, default="API")
    dry_run = serializers.BooleanField(default=False)


class RefusedSerializer(serializers.ModelSerializer):
    """A row that was not taken over, and why; ``row`` counts from 1."""

    row = serializers.IntegerField(source="number")

    class Meta:
        model = RefusedRow
        fields = ["row", "column", "reason"]


class TakenOver(serializers.ModelSerializer):
    """What became of the rows. Those that ``waiting`` counts name a customer or an order that is
    not known yet; they are taken over when its number appears."""

    id = serializers.UUIDField(source="public_id")
    refused_rows = RefusedSerializer(many=True)

    class Meta:
        model = Takeover
        fields = [
            *("id", "kind", "is_dry_run", "rows", "created", "updated", "unchanged", "waiting"),
            *("refused", "released", "refused_rows"),
        ]


class OrderLineSerializer(serializers.ModelSerializer):
    """One position; ``amount`` is net in EUR."""

    class Meta:
        model = OrderLine
        fields = ["position", "article", "label", "quantity", "unit", "amount"]


class InvoiceSerializer(serializers.ModelSerializer):
    """An invoice of the order; ``paid_on`` is null while it is open."""

    class Meta:
        model = Invoice
        fields = ["number", "invoiced_on", "due_on", "paid_on", "total"]


class OrderSerializer(serializers.ModelSerializer):
    """An order, a quote or a return; ``total`` is net in EUR."""

    lines = OrderLineSerializer(many=True)
    invoices = InvoiceSerializer(many=True)

    class Meta:
        model = Order
        fields = ["number", "kind", "ordered_on", "status", "total", "lines", "invoices"]


class OrdersQuery(serializers.Serializer):
    """Where a page begins and how long it is."""

    after = serializers.CharField(default="", help_text="`next` of the page before.")
    limit = serializers.IntegerField(default=25, min_value=1, max_value=100)


class OrderPage(serializers.Serializer):
    """Orders, newest first; ``next`` is empty on the last page."""

    orders = OrderSerializer(many=True)
    next = serializers.CharField(allow_blank=True)


class Orders(View):
    """Rows of an ERP."""

    writing = Permission.COMMERCE_IMPORT

    @describe(
        tag="Orders", body=RowsBody, returns=TakenOver, refuses=(400, 401, 403),
        operation_id="orders_take_over",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Add and update orders, lines, invoices or ratings; the same rows again change nothing."""
        body = self.read(RowsBody)
        found = takeovers.take_over_rows(
            actor=self.user,
            kind=body["kind"],
            rows=body["rows"],
            name=body["name"],
            is_dry_run=body["dry_run"],
            at=clock.now(),
        )
        return Response(TakenOver(found).data)


class RecordOrders(View):
    """The orders of a person or company."""

    kind = ""

    @describe(
        tag="Orders", returns=OrderPage, refuses=(400, 401, 403, 404), parameters=[OrdersQuery]
    )
    def get(self, request: Request, public_id: Any) -> Response:
        """List orders, newest first. A person's include those of the present employers."""
        policy.require(self.user, Permission.CONTACTS_VIEW)
        asked = OrdersQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        record = self.person(public_id) if self.kind == "person" else self.company(public_id)
        page = of_record.orders_of(
            record=record, user=self.user, today=clock.today(), **asked.validated_data
        )
        return Response(OrderPage(page).data)


def _is_plain(value: Any) -> bool:
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))
