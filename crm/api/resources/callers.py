"""``/callers``: who holds a number."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.api.base import View, describe
from history import callers
from history.callers import Certainty


class CallerSerializer(serializers.Serializer):
    """Somebody who holds the number."""

    kind = serializers.ChoiceField(choices=["person", "company"])
    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    company = serializers.CharField(help_text="Where a person works.")
    company_id = serializers.UUIDField(allow_null=True, help_text="Null if you may not see it.")
    function = serializers.CharField()


class LatestContact(serializers.Serializer):
    """A contact of late."""

    id = serializers.UUIDField(source="public_id")
    channel = serializers.CharField()
    direction = serializers.CharField()
    happened_at = serializers.DateTimeField()
    subject = serializers.CharField()
    outcome = serializers.CharField()


class OpenActivity(serializers.Serializer):
    """Something to be done."""

    id = serializers.UUIDField(source="public_id")
    kind = serializers.CharField()
    subject = serializers.CharField()
    due_at = serializers.DateTimeField()


class OpenDeal(serializers.Serializer):
    """A deal under way."""

    id = serializers.UUIDField(source="public_id")
    number = serializers.CharField()
    title = serializers.CharField()


class LatestOrder(serializers.Serializer):
    """An order of late."""

    number = serializers.CharField()
    ordered_on = serializers.DateField()
    status = serializers.CharField()
    total = serializers.DecimalField(max_digits=14, decimal_places=2)


class CallerBackground(serializers.Serializer):
    """What is known of one certain caller."""

    contacts = LatestContact(many=True)
    activities = OpenActivity(many=True)
    deals = OpenDeal(many=True)
    orders = LatestOrder(many=True)


class CallerAnswer(serializers.Serializer):
    """Who calls, and how certain that is."""

    certainty = serializers.ChoiceField(choices=[str(each) for each in Certainty])
    number = serializers.CharField(help_text="E.164, empty if it could not be read.")
    display = serializers.CharField()
    callers = CallerSerializer(many=True)
    has_hidden = serializers.BooleanField(help_text="Somebody you may not see holds it, too.")
    background = CallerBackground(allow_null=True)


class CallerInput(serializers.Serializer):
    """The number, in any notation."""

    number = serializers.CharField(max_length=100)


class Callers(View):
    """The look-up of a caller."""

    @describe(
        tag="Telephony",
        returns=CallerAnswer,
        refuses=(400, 401, 403),
        parameters=[OpenApiParameter("number", str, required=True, description="Any notation.")],
        operation_id="callers_find",
    )
    def get(self, request: Request) -> Response:
        """Find who calls from a number, as far as you may see them."""
        asked = CallerInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = callers.find(user=self.user, number=asked.validated_data["number"])
        return Response(CallerAnswer(found).data)
