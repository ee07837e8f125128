"""``/persons/<id>/consents`` and what people declare about contact; ``/consents/imports``."""

import base64
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from consent import capturing, circumstances, controllers, evidences, importing, standing
from consent.decision import codes
from consent.models import ConsentText, Controller, LedgerEvent, OptInRequest, TextStatus
from consent.optin import Press
from consent.optin.requests import Wish
from contacts import contact_points
from contacts.models import ContactPoint, Person
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.api.fields import ByPublicId
from crm.kernel import clock, errors

TAG = "Consents"
CHANNELS = [str(each) for each in codes.Channel]
MOST_WAYS = 50
MOST_PROOFS = 99
PROOFS = sorted({*evidences.SIGNATURES})
MOST_PROOF = evidences.MAX_BYTES * 4 // 3 + 4
"""So many signs has the largest file in Base64."""


class WaySerializer(serializers.Serializer):
    """A contact point of the person, and the channels ticked for it."""

    contact_point = serializers.UUIDField()
    channels = serializers.ListField(
        child=serializers.ChoiceField(choices=CHANNELS), min_length=1, max_length=len(CHANNELS)
    )


class StandingSerializer(serializers.Serializer):
    """What a consent still allows on one channel, or that an answer to a criterion is kept;
    ``key`` names it in a withdrawal."""

    key = serializers.CharField()
    consent = serializers.UUIDField(source="consent.public_id")
    contact_point = serializers.UUIDField(
        source="point.public_id", default=None, allow_null=True, help_text="null for a criterion."
    )
    value = serializers.CharField(source="point.display", default="")
    channel = serializers.CharField(help_text="Empty for a criterion.")
    criterion = serializers.CharField(help_text="Code of the criterion; empty for a channel.")
    purposes = serializers.ListField(child=serializers.CharField())
    since = serializers.DateTimeField()
    is_pending = serializers.BooleanField()


class EventSerializer(serializers.Serializer):
    """An event of the ledger."""

    id = serializers.UUIDField(source="public_id")
    number = serializers.IntegerField(source="seq")
    kind = serializers.CharField()
    channels = serializers.ListField(child=serializers.CharField())
    purposes = serializers.ListField(child=serializers.CharField())
    effective_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()


class AskInput(serializers.Serializer):
    """A double opt-in that somebody wants."""

    text = ByPublicId(queryset=ConsentText.objects.filter(status=TextStatus.PUBLISHED))
    ways = serializers.ListField(child=WaySerializer(), min_length=1, max_length=MOST_WAYS)


class ProofInput(serializers.Serializer):
    """A file that proves the declaration: a scan of the slip, or the recording of the call."""

    content = serializers.CharField(
        max_length=MOST_PROOF, help_text="The bytes of the file in Base64.", trim_whitespace=True
    )
    media_type = serializers.ChoiceField(choices=PROOFS)
    name = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")

    def validate_content(self, content: str) -> bytes:
        try:
            return base64.b64decode(content, validate=True)
        except ValueError as error:
            raise serializers.ValidationError(_("Das ist kein Base64.")) from error


class ConsentInput(AskInput):
    """What somebody declared; it needs a published text. ``answer`` no is recorded as a refusal.

    On a text that names criteria, ``criteria`` says to which, and there are no ``ways``.
    ``paper`` needs a ``proof``; a recording is taken with the yes of ``agent`` and ``customer``.
    """

    ways = serializers.ListField(
        child=WaySerializer(), required=False, default=list, max_length=MOST_WAYS
    )
    criteria = serializers.ListField(
        child=serializers.SlugField(max_length=60), required=False, default=list, max_length=50
    )
    method = serializers.ChoiceField(choices=["paper", "fair", "oral_inbound", "oral_outbound"])
    answer = serializers.ChoiceField(choices=["yes", "no"], default="yes")
    declared_at = serializers.DateTimeField()
    proof = ProofInput(required=False, allow_null=True, default=None)
    agent = serializers.ChoiceField(choices=["no", "agreed"], default="no")
    customer = serializers.ChoiceField(
        choices=["no", "yes_before", "key_press", "silent_after_announcement"], default="no"
    )
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class WithdrawalInput(serializers.Serializer):
    """Which consents (keys of the list), when that was received and how."""

    keys = serializers.ListField(
        child=serializers.CharField(max_length=80), min_length=1, max_length=200
    )
    received_at = serializers.DateTimeField()
    via = serializers.ChoiceField(choices=list(capturing.VIA))
    wording = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class ObjectionInput(serializers.Serializer):
    """An objection (Art. 21(2) GDPR): ``value`` is the code of a channel or purpose."""

    scope = serializers.ChoiceField(choices=list(circumstances.SCOPES), default="marketing_all")
    value = serializers.ChoiceField(
        choices=[*CHANNELS, *codes.PURPOSES], required=False, allow_blank=True, default=""
    )
    contact_point = serializers.UUIDField(required=False, allow_null=True, default=None)
    received_at = serializers.DateTimeField()
    via = serializers.ChoiceField(choices=list(capturing.VIA))
    wording = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class RequestSerializer(serializers.Serializer):
    """A double opt-in that was sent."""

    id = serializers.UUIDField(source="public_id")
    requested_at = serializers.DateTimeField()
    confirmations = serializers.SerializerMethodField()

    def get_confirmations(self, made: OptInRequest) -> list[dict[str, str]]:
        return [
            {"kind": each.kind, "contact_point": str(each.point.public_id)}
            for each in made.confirmations.select_related("point")
        ]


class ImportInput(serializers.Serializer):
    """A CSV file; see docs/api.md for its columns."""

    file = serializers.FileField()
    contents = serializers.ChoiceField(
        choices=importing.Contents.choices,
        default=importing.Contents.CONSENTS,
        help_text="`robinson`: a list of values, one a line, that are suppressed.",
    )
    controller = ByPublicId(queryset=Controller.objects.filter(is_active=True), required=False)
    dry_run = serializers.BooleanField(default=False)
    evidence = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True),
        required=False,
        max_length=MOST_PROOFS,
        help_text="The files that rows name in the column `evidence`, or one ZIP archive of them; "
        "each of them must be there.",
    )


class RemarkSerializer(serializers.Serializer):
    """What is to be said about a row, counted with the headings."""

    row = serializers.IntegerField()
    column = serializers.CharField(allow_blank=True)
    message = serializers.CharField()
    refused = serializers.BooleanField()


class ReportSerializer(serializers.Serializer):
    """What came of the file."""

    file = serializers.CharField()
    dry_run = serializers.BooleanField()
    rows = serializers.IntegerField()
    imported = serializers.IntegerField()
    disputed = serializers.IntegerField()
    opted_out = serializers.IntegerField()
    refused = serializers.IntegerField()
    remarks = RemarkSerializer(many=True)


class Consents(View):
    """What a person agreed to."""

    writing = Permission.CONSENT_RECORD

    @describe(
        tag=TAG,
        returns=StandingSerializer(many=True),
        refuses=(401, 403, 404),
        operation_id="consent_list",
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """List what stands, by contact point and channel."""
        policy.require(self.user, Permission.CONSENT_VIEW)
        lines = standing.of(self.person(public_id), at=clock.now())
        return Response(StandingSerializer(lines, many=True).data)

    @describe(
        tag=TAG,
        body=ConsentInput,
        returns=EventSerializer(many=True),
        status=201,
        refuses=(400, 401, 403, 404, 422),
        operation_id="consent_record",
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Record what was declared on paper, on the phone or at a fair, one event for each contact
        point or criterion."""
        person, body = self.person(public_id), self.read(ConsentInput)
        declared = capturing.Declared(
            text=body["text"],
            wishes=wishes_of(person, body["ways"]),
            method=body["method"],
            declared_at=body["declared_at"],
            criteria=body["criteria"],
            is_yes=body["answer"] == "yes",
            proof=capturing.Attachment(**body["proof"]) if body["proof"] else None,
            agent=body["agent"],
            customer=body["customer"],
            note=body["note"],
        )
        events = capturing.record(actor=self.user, person=person, declared=declared, at=clock.now())
        return told(events)


class Withdrawals(View):
    """Withdrawals of a person's consents."""

    writing = Permission.CONSENT_RECORD

    @describe(
        tag=TAG,
        body=WithdrawalInput,
        returns=EventSerializer(many=True),
        status=201,
        refuses=(400, 401, 403, 404, 422),
        operation_id="consent_withdraw",
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Record a withdrawal; it counts from its receipt on."""
        person, body = self.person(public_id), self.read(WithdrawalInput)
        lines = body.pop("keys")
        events = capturing.withdraw(
            actor=self.user, person=person, lines=lines, at=clock.now(), **body
        )
        return told(events)


class Objections(View):
    """Objections of a person to advertising."""

    writing = Permission.CONSENT_RECORD

    @describe(
        tag=TAG,
        body=ObjectionInput,
        returns=EventSerializer(many=True),
        status=201,
        refuses=(400, 401, 403, 404, 422),
        operation_id="consent_object",
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Record an objection; without a scope it is against all advertising."""
        person, body = self.person(public_id), self.read(ObjectionInput)
        wanted = body.pop("contact_point")
        point = points_of(person).get(wanted) if wanted else None
        if wanted and point is None:
            raise unknown_point()
        event = capturing.object_to(
            actor=self.user, person=person, point=point, at=clock.now(), **body
        )
        return told([event])


class OptInRequests(View):
    """Double opt-ins of a person."""

    writing = Permission.CONSENT_RECORD

    @describe(
        tag=TAG,
        body=AskInput,
        returns=RequestSerializer,
        status=201,
        refuses=(400, 401, 403, 404, 422),
        operation_id="consent_ask",
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Send one message to each contact point; each confirms for itself."""
        person, body = self.person(public_id), self.read(AskInput)
        made = capturing.ask(
            actor=self.user,
            person=person,
            text=body["text"],
            wishes=wishes_of(person, body["ways"]),
            press=Press(agent=request.headers.get("User-Agent", ""), form="api"),
            at=clock.now(),
        )
        return Response(RequestSerializer(made).data, status=status.HTTP_201_CREATED)


class ConsentImports(View):
    """Consents from files."""

    writing = Permission.CONSENT_MANAGE

    @describe(
        tag=TAG,
        body={"multipart/form-data": ImportInput},
        returns=ReportSerializer,
        refuses=(400, 401, 403, 422),
        operation_id="consent_import",
    )
    def post(self, request: Request) -> Response:
        """Import consents with their proof, opt-outs first, or a list of who wants no advertising;
        ``dry_run`` writes nothing.

        If a file of proof is missing, all rows that name one are told and nothing is written.
        """
        body = self.read(ImportInput)
        file = body["file"]
        known = {
            "actor": self.user,
            "content": file.read(),
            "file_name": file.name,
            "is_dry_run": body["dry_run"],
            "at": clock.now(),
        }
        if body["contents"] == importing.Contents.ROBINSON:
            report = importing.import_robinson(**known)
        else:
            report = importing.import_consents(
                controller=body.get("controller") or controllers.default(),
                proofs=importing.proofs_of(body.get("evidence")),
                **known,
            )
        return Response(importing.as_json(report))


def points_of(person: Person) -> dict[UUID, ContactPoint]:
    """The contact points of the person, by id."""
    held = contact_points.held_by(person)
    return {each.contact_point.public_id: each.contact_point for each in held}


def wishes_of(person: Person, ways: list[dict[str, Any]]) -> list[Wish]:
    """What was ticked.

    :raises errors.Invalid: a contact point is not the person's
    """
    known = points_of(person)
    ticked: dict[UUID, list[str]] = {}
    for way in ways:
        if way["contact_point"] not in known:
            raise unknown_point()
        ticked.setdefault(way["contact_point"], []).extend(way["channels"])
    return [Wish(known[point], list(dict.fromkeys(named))) for point, named in ticked.items()]


def unknown_point() -> errors.Invalid:
    """The contact point is not the person's."""
    return errors.Invalid(
        {"contact_point": [_("Dieser Kontaktweg gehört nicht zu dieser Person.")]}
    )


def told(events: list[LedgerEvent]) -> Response:
    """The events that were written."""
    return Response(EventSerializer(events, many=True).data, status=status.HTTP_201_CREATED)
