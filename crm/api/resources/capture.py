"""``/capture``: what devices at a fair take along and send; see docs/api.md."""

import base64
from typing import Any, cast
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api import parsing
from crm.api.authentication import DeviceAuthentication
from crm.api.base import View, describe
from crm.api.resources import capture_shapes as shapes
from crm.kernel import clock, errors
from history.fairs import access, capturing, devices, files, keys, kit, suspects
from history.models import CaptureDevice, Event, LeadCapture, LeadOptIn, OptInAnswer

TAG = "Capture"
KNOWN = [
    OpenApiParameter(name, str, OpenApiParameter.QUERY)
    for name in ("name", "company", "email", "phone")
]
OFFSET = OpenApiParameter(
    "Upload-Offset", int, OpenApiParameter.HEADER, required=True,
    description="Where the piece begins: the `received` of the last answer.",
)  # fmt: skip


class DeviceView(View):
    """What only devices ask for: they have no log-in but their own secret."""

    authentication_classes = [DeviceAuthentication]
    parser_classes = [parsing.LenientJSONParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the device, and speak the language of its user."""
        super().initial(request, *args, **kwargs)
        translation.activate(self.user.language)

    @property
    def device(self) -> CaptureDevice:
        return cast(CaptureDevice, self.request.auth)


class CaptureEvents(View):
    """Events at which the user may capture."""

    @describe(
        tag=TAG, returns=shapes.CaptureEvent(many=True), refuses=(401, 403),
        operation_id="capture_events",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List the events for which a device can be registered."""
        policy.require(self.user, Permission.HISTORY_RECORD)
        found = Event.objects.visible_to(self.user)
        open_ones = [each for each in found if devices.expiry_of(each) > clock.now()]
        return Response(shapes.CaptureEvent(open_ones, many=True).data)


class CaptureDevices(View):
    """Register a device."""

    writing = Permission.HISTORY_RECORD

    @describe(
        tag=TAG, body=shapes.CaptureDeviceInput, returns=shapes.CaptureDeviceMade, status=201,
        operation_id="capture_device_register",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Let this user capture with a device; its secret is told once."""
        body = self.read(shapes.CaptureDeviceInput)
        event = access.event_for(user=self.user, public_id=body["event"])
        device, secret = devices.register(
            actor=self.user, event=event, name=body["name"], at=clock.now()
        )
        key = base64.urlsafe_b64encode(keys.key_of_device(device.public_id)).rstrip(b"=")
        made = {
            "id": device.public_id,
            "secret": secret,
            "key": key.decode(),
            "expires_at": device.expires_at,
        }
        return Response(shapes.CaptureDeviceMade(made).data, status=status.HTTP_201_CREATED)


class CaptureDeviceDetail(View):
    """End a device."""

    @describe(
        tag=TAG, returns=None, status=204, refuses=(401, 403, 404),
        operation_id="capture_device_revoke",
    )  # fmt: skip
    def delete(self, request: Request, public_id: UUID) -> Response:
        """Revoke a device of one's own, or any for who manages events. Twice is once."""
        device = devices.owned_device(user=self.user, public_id=public_id)
        devices.revoke(actor=self.user, device=device, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Kit(DeviceView):
    """What a device takes along."""

    @describe(
        tag=TAG, returns=shapes.CaptureKit, refuses=(401,), operation_id="capture_kit",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Read the event, its form, texts and rules."""
        found = kit.of(device=self.device, at=clock.now())
        return Response(shapes.CaptureKit(found, context={"kit": found}).data)


class Lead(DeviceView):
    """A slip, by the number that the device gave it."""

    @describe(
        tag=TAG, returns=shapes.LeadSerializer, refuses=(401, 404), operation_id="capture_lead_read"
    )
    def get(self, request: Request, client_id: UUID) -> Response:
        """Read what became of a slip."""
        return Response(self._shown(client_id))

    @describe(
        tag=TAG, body=shapes.LeadInput, returns=shapes.LeadSerializer,
        refuses=(400, 401, 403, 409), operation_id="capture_lead_send",
    )  # fmt: skip
    def put(self, request: Request, client_id: UUID) -> Response:
        """Send a slip; however often, it is one lead (201 the first time). What does not fit is
        kept and told in `problems`. 409 `lead-conflict` has `data.fields`."""
        body = request.data
        if not isinstance(body, dict) or not isinstance(body.get("fields"), dict):
            raise errors.Invalid({"fields": [_("Der Leadzettel fehlt in der Anfrage.")]})
        base = body.get("base")
        sent = capturing.Sent(
            fields=body["fields"],
            captured_at=body.get("captured_at"),
            device_now=body.get("device_now"),
            base=base if isinstance(base, dict) else None,
            files=body.get("files") or (),
        )
        arrival = capturing.arrive(
            device=self.device, client_id=client_id, sent=sent, at=clock.now()
        )
        code = status.HTTP_201_CREATED if arrival.is_new else status.HTTP_200_OK
        return Response(self._shown(client_id), status=code)

    def _shown(self, client_id: UUID) -> Any:
        lead = capturing.lead_of(device=self.device, client_id=client_id)
        return shapes.LeadSerializer(_told(self, lead)).data


class LeadFilePiece(DeviceView):
    """A file of a slip."""

    parser_classes = [parsing.RawParser]

    @describe(
        tag=TAG, body={"application/octet-stream": OpenApiTypes.BINARY},
        returns=shapes.ReceivedSerializer, refuses=(400, 401, 404, 409, 422), parameters=[OFFSET],
        operation_id="capture_lead_file",
    )  # fmt: skip
    def patch(self, request: Request, client_id: UUID, sha256: str) -> Response:
        """Send a piece, 4 MB at the most. 409 `wrong-offset`: go on at `data.received`; 422
        `wrong-hash`: begin again; 422 `file-refused`: do not send it again."""
        lead = capturing.lead_of(device=self.device, client_id=client_id)
        piece = request.data if isinstance(request.data, bytes) else b""
        file = files.take(
            lead=lead, sha256=sha256, offset=_offset(request), piece=piece, at=clock.now()
        )
        return Response({"received": file.received})


class Known(DeviceView):
    """Who is known already."""

    @describe(
        tag=TAG, returns=shapes.LookalikeSerializer(many=True), refuses=(401, 403),
        parameters=KNOWN, operation_id="capture_known",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Ask who looks like a visitor; nothing is written."""
        policy.require(self.user, Permission.HISTORY_RECORD)
        words = {each.name: request.query_params.get(each.name, "")[:300] for each in KNOWN}
        found = suspects.of_typed(user=self.user, **words, today=clock.today())
        return Response(shapes.LookalikeSerializer(found, many=True).data)


def _offset(request: Request) -> int:
    text = request.headers.get("Upload-Offset", "")
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        raise errors.Invalid(
            {"Upload-Offset": [_("Die Kopfzeile Upload-Offset nennt die Stelle in Bytes.")]}
        )
    return int(text)


def _told(view: View, lead: LeadCapture) -> dict[str, Any]:
    """The lead as a device reads it."""
    rows = list(lead.opt_ins.select_related("text"))
    answered = [_answered(row) for row in rows]
    columns = {name: getattr(lead, name) for name in capturing.COLUMNS}
    return {
        "id": lead.public_id,
        "client_id": lead.client_id,
        "version": lead.version,
        "fields": columns | {"opt_ins": answered},
        "files": list(lead.files.all()),
        "opt_ins": answered,
        "problems": lead.problems,
        "is_late": lead.is_late,
        "suspects": suspects.of_lead(user=view.user, lead=lead),
        "visitor": {"state": visitor_state(lead)},
    }


def _answered(row: LeadOptIn) -> dict[str, Any]:
    state = "recorded" if row.recorded_id else "waiting"
    return {
        "text": row.text.public_id,
        "channel": row.channel,
        "answer": row.answer,
        "state": "not-asked" if row.answer == OptInAnswer.NOT_ASKED else state,
    }


def visitor_state(lead: LeadCapture) -> str:
    """What the visitor did on their own phone: ``none``, ``asked`` or ``confirmed``."""
    if lead.opt_in_request_id is None:
        return "none"
    rows = lead.opt_in_request.confirmations.all() if lead.opt_in_request else ()
    times = [each.confirmed_at for each in rows]
    return "confirmed" if times and all(times) else "asked"
