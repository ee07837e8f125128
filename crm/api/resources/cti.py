"""``/cti/events``: what telephone systems push."""

from collections.abc import Mapping
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.response import Response

from crm.api import parsing
from crm.api.authentication import TelephoneAuthentication
from crm.api.base import PROBLEMS, View
from crm.kernel import clock, errors
from history import calls
from history.calls import generic, sipgate
from history.calls.events import LONGEST, LONGEST_ID, MOST_AGENTS, Event
from history.models import CallEventKind, CallState, TelephoneFormat, TelephoneSystem

LARGEST: Final = 64 * 1024
XML: Final = "application/xml"
_Texts = serializers.ListField


def _text(longest: int = LONGEST, **more: Any) -> serializers.CharField:
    return serializers.CharField(max_length=longest, required=False, allow_blank=True, **more)


class GenericCallEvent(serializers.Serializer):
    """One event of a call, for systems without a form of their own."""

    event = serializers.ChoiceField(choices=list(generic.KINDS))
    call_id = serializers.CharField(max_length=LONGEST_ID, help_text="The same in all its events.")
    direction = serializers.ChoiceField(choices=list(generic.DIRECTIONS), required=False)
    to = _text(help_text="The called number.")
    agents = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST), max_length=MOST_AGENTS, required=False,
        help_text="Whose telephone rings, or who took it: numbers or ids of extensions.",
    )  # fmt: skip
    answered_by = _text(help_text="The number that took it.")
    cause = _text(help_text="Why it ended: busy, cancel, noAnswer, normalClearing, ...")
    voicemail = serializers.BooleanField(required=False, help_text="The machine took it.")
    at = serializers.DateTimeField(required=False, help_text="When; now if it is left out.")

    def get_fields(self) -> dict[str, Any]:
        """With ``from``, which cannot be the name of a class attribute."""
        number = _text(help_text="The calling number in any notation, or `anonymous`.")
        return {**super().get_fields(), "from": number}


class SipgateCallEvent(serializers.Serializer):
    """An event as sipgate pushes it; further fields are kept, further events are let pass."""

    event = serializers.CharField(help_text="newCall, answer, hangup")
    callId = serializers.CharField(max_length=LONGEST_ID)
    to = _text()
    direction = _text(help_text="in or out")
    diversion = _text()
    answeringNumber = _text()
    cause = _text()

    def get_fields(self) -> dict[str, Any]:
        """With the names that no class attribute can have."""
        lists = ("user[]", "userId[]", "fullUserId[]")
        several = {name: _Texts(child=_text(), required=False) for name in lists}
        return {**super().get_fields(), "from": _text(), **several}


class CallStateSerializer(serializers.Serializer):
    """The call as it stands after the event."""

    call = serializers.UUIDField(source="public_id")
    state = serializers.ChoiceField(choices=CallState.choices)


class AnyAnswer(DefaultContentNegotiation):
    """Whatever a system says it accepts: it gets the answer of its form."""

    def select_renderer(
        self, request: Any, renderers: Any, format_suffix: Any = None
    ) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


class CallEvents(View):
    """Events of calls."""

    authentication_classes = [TelephoneAuthentication]
    permission_classes = []
    content_negotiation_class = AnyAnswer
    parser_classes = [parsing.TextJSONParser, FormParser]

    @extend_schema(
        tags=["Telephony"],
        operation_id="cti_event",
        request={
            "application/x-www-form-urlencoded": SipgateCallEvent,
            "application/json": GenericCallEvent,
        },
        responses={
            (200, "application/json"): CallStateSerializer,
            (200, XML): OpenApiResponse(str, description="For sipgate: where it sends the rest."),
            400: PROBLEMS[400],
            401: PROBLEMS[401],
        },
    )
    def post(self, request: Request) -> HttpResponse | Response:
        """Take in an event; the same once more, or one that comes too late, does no harm."""
        system, at = request.auth, clock.now()
        assert isinstance(system, TelephoneSystem)
        _require_short(request)
        if system.format == TelephoneFormat.SIPGATE:
            event = sipgate.read(_fields(request.data), at=at)
            if event is not None:
                calls.take(system=system, event=event, at=at)
            return _sipgate_answer(request, event)
        event = generic.read(self.read(GenericCallEvent), at=at)
        return Response(CallStateSerializer(calls.take(system=system, event=event, at=at)).data)


def _require_short(request: Request) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST:
        raise errors.Invalid({"": [_("Ein Ereignis hat höchstens 64 kB.")]})


def _fields(body: Any) -> Mapping[str, list[str]]:
    """Form fields, each with all of its values; JSON with the same names will do, too."""
    if isinstance(body, QueryDict):
        fields = {name: [str(each) for each in values] for name, values in body.lists()}
        parsing.require_storable(fields)
        return fields
    if not isinstance(body, dict):
        raise errors.Invalid({"": [_("Das ist kein Ereignis eines Anrufs.")]})
    return {
        name: [str(each) for each in (value if isinstance(value, list) else [value])]
        for name, value in body.items()
    }


def _sipgate_answer(request: Request, event: Event | None) -> HttpResponse:
    """sipgate tells of the rest of a call only where the answer to its begin asks for it."""
    here = quoteattr(f"{settings.PUBLIC_URL}{request.get_full_path()}")
    asks = (
        f" onAnswer={here} onHangup={here}" if event and event.kind == CallEventKind.RINGING else ""
    )
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Response{asks}/>\n', content_type=XML
    )
