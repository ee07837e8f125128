"""What capturing at a fair says and takes, in JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consent.models import ConsentText
from contacts.matching.explain import BANDS
from history.fairs.forms import Act, Asks
from history.models import LeadFileKind, LeadGrade, OptInAnswer

VISITOR_STATES = ("none", "asked", "confirmed")
OPT_IN_STATES = ("not-asked", "waiting", "recorded")


class CaptureEvent(serializers.Serializer):
    """An event at which one may capture."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    stand = serializers.CharField()
    place = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    closed_at = serializers.DateTimeField(
        allow_null=True, help_text="What arrives later is marked as late."
    )


class CaptureDeviceInput(serializers.Serializer):
    """The event, and what the device is called."""

    event = serializers.UUIDField()
    name = serializers.CharField(max_length=100)


class CaptureDeviceMade(serializers.Serializer):
    """The secret is shown once; `key` (base64url of 32 bytes) encrypts the links of visitors."""

    id = serializers.UUIDField()
    secret = serializers.CharField()
    key = serializers.CharField()
    expires_at = serializers.DateTimeField()


class NamedUser(serializers.Serializer):
    """Somebody of the house."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField(source="full_name")


class NamedController(serializers.Serializer):
    """Who is responsible for the data."""

    name = serializers.CharField()


class ChipSerializer(serializers.Serializer):
    """An answer; `points` count in the score, `value` is in EUR, months or a buying role."""

    code = serializers.CharField()
    label = serializers.CharField()
    points = serializers.FloatField(allow_null=True)
    value: Any = serializers.JSONField(allow_null=True)


class QuestionSerializer(serializers.Serializer):
    """A row of chips."""

    code = serializers.CharField()
    label = serializers.CharField()
    asks = serializers.ChoiceField(choices=[each.value for each in Asks])
    many = serializers.BooleanField()
    chips = ChipSerializer(many=True)


class FollowUpSerializer(serializers.Serializer):
    """What a grade promises."""

    hours = serializers.IntegerField()
    act = serializers.ChoiceField(choices=[each.value for each in Act])


class CodeAndLabel(serializers.Serializer):
    """Something with a name."""

    code = serializers.CharField()
    label = serializers.CharField()


class CaptureText(serializers.Serializer):
    """A consent text that is offered."""

    id = serializers.UUIDField(source="public_id")
    title = serializers.CharField()
    body = serializers.CharField()
    language = serializers.CharField()
    version = serializers.IntegerField()
    channels = serializers.ListField(child=serializers.CharField())
    purposes: Any = serializers.SerializerMethodField()

    @extend_schema_field(CodeAndLabel(many=True))
    def get_purposes(self, text: ConsentText) -> list[dict[str, str]]:
        """What it asks for."""
        return list(self.context["kit"].purposes_of(text))


class CaptureNotice(serializers.Serializer):
    """Where everybody reads what happens with their data."""

    url = serializers.URLField()
    title = serializers.CharField()


class CaptureKit(serializers.Serializer):
    """Everything that a device takes along."""

    event = CaptureEvent()
    user = NamedUser(source="device.user")
    controller = NamedController(source="event.controller")
    form = QuestionSerializer(many=True)
    follow_up = serializers.DictField(child=FollowUpSerializer(), source="event.follow_up")
    texts = CaptureText(many=True)
    channels = serializers.DictField(child=serializers.CharField())
    notice = CaptureNotice(allow_null=True)
    visitor_base = serializers.CharField()
    badge_licence = serializers.CharField(source="event.badge_licence")
    server_time = serializers.DateTimeField()
    most_file_bytes = serializers.IntegerField()
    piece_bytes = serializers.IntegerField()


class AnsweredSerializer(serializers.Serializer):
    """What the visitor said to one channel of a text."""

    text = serializers.UUIDField()
    channel = serializers.CharField()
    answer = serializers.ChoiceField(choices=OptInAnswer.choices)


class AnsweredState(AnsweredSerializer):
    """The same with what became of it: `waiting` for a contact point, or in the ledger."""

    state = serializers.ChoiceField(choices=OPT_IN_STATES)


class LeadFields(serializers.Serializer):
    """The fields of a slip."""

    name = serializers.CharField(required=False, allow_blank=True)
    company_name = serializers.CharField(required=False, allow_blank=True)
    function = serializers.CharField(required=False, allow_blank=True)
    email = serializers.CharField(required=False, allow_blank=True)
    phone = serializers.CharField(required=False, allow_blank=True)
    mobile = serializers.CharField(required=False, allow_blank=True)
    need = serializers.CharField(required=False, allow_blank=True)
    note = serializers.CharField(required=False, allow_blank=True)
    answers = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), required=False,
        help_text="Codes of chips by code of the question.",
    )  # fmt: skip
    origins = serializers.DictField(
        child=serializers.CharField(), required=False,
        help_text="Where the value of a field came from: typed, qr, card, spoken.",
    )  # fmt: skip
    grade = serializers.ChoiceField(choices=LeadGrade.values, required=False, allow_blank=True)
    next_step = serializers.CharField(required=False, allow_blank=True)
    next_step_on = serializers.DateField(required=False, allow_null=True)
    opt_ins: Any = AnsweredSerializer(many=True, required=False)


class LeadFileInput(serializers.Serializer):
    """A file that will follow in pieces."""

    sha256 = serializers.CharField(help_text="In hex.")
    size = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=LeadFileKind.values)
    name = serializers.CharField()


class LeadInput(serializers.Serializer):
    """A slip. With `base` only the fields in it count as changed; it is null on first sending."""

    captured_at = serializers.DateTimeField(help_text="By the clock of the device.")
    device_now = serializers.DateTimeField(help_text="What that clock shows when sending.")
    base: Any = LeadFields(allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        """With the names that a serializer keeps for itself."""
        return {
            **super().get_fields(),
            "fields": LeadFields(),
            "files": LeadFileInput(many=True, required=False),
        }


class LeadFileState(serializers.Serializer):
    """How much of a file came."""

    sha256 = serializers.CharField()
    received = serializers.IntegerField(help_text="The offset at which to go on.")


class ReceivedSerializer(serializers.Serializer):
    """The offset at which to go on; the size of the file once it is whole."""

    received = serializers.IntegerField()


class LookalikeSerializer(serializers.Serializer):
    """A known person whom you may see."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    company = serializers.CharField()
    band = serializers.ChoiceField(choices=list(BANDS))


class LeadSuspect(serializers.Serializer):
    """Whom the visitor looks like."""

    name = serializers.CharField()
    company = serializers.CharField()
    band = serializers.ChoiceField(choices=list(BANDS))


class VisitorSerializer(serializers.Serializer):
    """What the visitor did on their own phone."""

    state = serializers.ChoiceField(choices=VISITOR_STATES)


class LeadSerializer(serializers.Serializer):
    """The lead as it stands here; `problems` are sentences on what could not be taken over."""

    id = serializers.UUIDField()
    client_id = serializers.UUIDField()
    version = serializers.IntegerField()
    files = LeadFileState(many=True)
    opt_ins = AnsweredState(many=True)
    problems = serializers.ListField(child=serializers.CharField())
    is_late = serializers.BooleanField()
    suspects = LeadSuspect(many=True)
    visitor = VisitorSerializer()

    def get_fields(self) -> dict[str, Any]:
        """With the name that a serializer keeps for itself."""
        return {**super().get_fields(), "fields": LeadFields()}
