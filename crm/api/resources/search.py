"""``/search``: the same search as the palette on screen."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contacts import search
from crm.accounts import policy
from crm.api.base import View, describe


class HitSerializer(serializers.Serializer):
    """One found person or company."""

    kind = serializers.CharField(help_text="person or company")
    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    details = serializers.CharField(source="details_text")
    by_sound = serializers.BooleanField(help_text="Found by sound, not as typed.")


class SearchSerializer(serializers.Serializer):
    """What was found, best first."""

    persons = HitSerializer(many=True)
    companies = HitSerializer(many=True)
    more_persons = serializers.BooleanField()
    more_companies = serializers.BooleanField()


class SearchInput(serializers.Serializer):
    """What is searched."""

    q = serializers.CharField(max_length=200)
    limit = serializers.IntegerField(min_value=1, max_value=search.MOST, default=search.LIMIT)


class Search(View):
    """Global search."""

    @describe(
        tag="Search",
        returns=SearchSerializer,
        refuses=(400, 401, 403),
        parameters=[
            OpenApiParameter("q", str, required=True, description="Name, number, address, e-mail."),
            OpenApiParameter("limit", int, description=f"1 to {search.MOST}"),
        ],
    )
    def get(self, request: Request) -> Response:
        """Find persons and companies that the user may see."""
        policy.require(self.user, policy.Permission.CONTACTS_VIEW)
        asked = SearchInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        body: dict[str, Any] = asked.validated_data
        found = search.find(user=self.user, text=body["q"], limit=body["limit"])
        return Response(SearchSerializer(found).data)
