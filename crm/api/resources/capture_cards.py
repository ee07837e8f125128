"""``/capture/cards``: what stands on a business card, for the slip that is being filled in."""

from typing import Any

from django.utils import translation
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from crm.accounts.policy import Permission
from crm.api.authentication import DeviceAuthentication, TokenAuthentication
from crm.api.base import View, describe
from history.fairs import cards
from history.fairs.cards import pictures
from history.fairs.cards.proposals import FIELDS

TAG = "Capture"


class CardUpload(serializers.Serializer):
    """A picture of one card: JPEG, PNG, WebP, TIFF, BMP or GIF, at most 25 MB."""

    image = serializers.FileField(allow_empty_file=True)


class ProposalSerializer(serializers.Serializer):
    """A value as it stands on the card; `confidence` from 0 to 1."""

    field = serializers.ChoiceField(choices=FIELDS)
    value = serializers.CharField()
    confidence = serializers.FloatField(min_value=0, max_value=1)


class CardSerializer(serializers.Serializer):
    """At most one proposal per field; `problems` are sentences about what could not be read."""

    fields = ProposalSerializer(many=True)
    text = serializers.CharField()
    problems = serializers.ListField(child=serializers.CharField())


class CaptureCards(View):
    """The reader of business cards."""

    authentication_classes = [DeviceAuthentication, TokenAuthentication, SessionAuthentication]
    writing = Permission.HISTORY_RECORD
    parser_classes = [MultiPartParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check who asks, and speak the user's language to a device, too."""
        super().initial(request, *args, **kwargs)
        translation.activate(self.user.language)

    @describe(
        tag=TAG,
        body={"multipart/form-data": CardUpload},
        returns=CardSerializer,
        refuses=(400, 401, 403, 422),
        operation_id="capture_card_read",
    )
    def post(self, request: Request) -> Response:
        """Read a card. Nothing is kept, and no slip is changed."""
        image = self.read(CardUpload)["image"]
        pictures.require_size(image.size)
        return Response(cards.read(image.read()).stored())
