"""How the answers of the data protection desk look."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consent import histories
from consent.decision.codes import PURPOSES
from consent.desk import findings, reports, samples
from consent.desk.findings import Latency
from consent.desk.questions import Answer, Asked
from consent.desk.samples import Drawn
from consent.models import LedgerEvent
from crm.api.choices import CHANNELS
from crm.api.resources.permissions import (
    EntrySerializer,
    Language,
    PermissionAnswerSerializer,
    answer_of,
)

FORMS = [(form, form) for form in reports.FORMS]
PURPOSE_CODES = [(code, code) for code in PURPOSES]
KINDS = list(findings.TITLES)
LIGHTS = ["no", "check"]


class CoverageSerializer(serializers.Serializer):
    """One channel and purpose, counted in contact points; `grades` are those of the granted."""

    channel = serializers.CharField()
    channel_label = serializers.CharField()
    purpose = serializers.CharField()
    purpose_label = serializers.CharField()
    contact_points = serializers.IntegerField(source="points")
    granted = serializers.IntegerField(source="states.granted")
    review = serializers.IntegerField(source="states.review")
    ended = serializers.IntegerField(source="states.ended")
    open = serializers.IntegerField(help_text="Nobody declared anything.")
    share = serializers.IntegerField(help_text="Granted, in percent of all.")
    grades = serializers.DictField(child=serializers.IntegerField())


class DeskQuestionInput(Language):
    """On what basis did we contact this number or address at that time?"""

    value = serializers.CharField(max_length=254)
    at = serializers.DateTimeField(help_text="Without an offset it is the installation's time.")
    channel = serializers.ChoiceField(choices=CHANNELS, default="phone")
    purpose = serializers.ChoiceField(choices=PURPOSE_CODES, default="sales_call")


class EvidencePieceSerializer(serializers.Serializer):
    """A piece of evidence; `/privacy/evidence/{sha256}` gives the file."""

    kind = serializers.CharField()
    grade = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    sha256 = serializers.CharField()
    media_type = serializers.CharField()
    is_erased = serializers.SerializerMethodField()

    def get_is_erased(self, piece: Any) -> bool:
        return piece.erased_at is not None


class DeskTextSerializer(serializers.Serializer):
    """The wording that was shown or said."""

    title = serializers.CharField()
    version = serializers.IntegerField()
    language = serializers.CharField()
    form = serializers.CharField()
    body = serializers.CharField()
    sha256 = serializers.CharField()


class ConsentFileSerializer(serializers.Serializer):
    """A consent with all that proves it; `lost` are hashes of evidence that is gone."""

    id = serializers.UUIDField(source="root.public_id")
    entry = EntrySerializer()
    text = DeskTextSerializer(allow_null=True)
    evidence = EvidencePieceSerializer(many=True)
    lost = serializers.ListField(child=serializers.CharField())
    later = EntrySerializer(many=True)
    keep_until = serializers.DateField()


class StoredDecisionSerializer(serializers.Serializer):
    """The decision that was kept when somebody asked before the contact."""

    id = serializers.UUIDField(source="public_id")
    decided_at = serializers.DateTimeField()
    decided_by = serializers.CharField(source="decided_by.full_name", default=None, allow_null=True)
    channel = serializers.CharField()
    purpose = serializers.CharField()
    outcome = serializers.CharField()
    ground = serializers.CharField()
    ruleset = serializers.CharField()
    profile = serializers.CharField()


class DeskPersonSerializer(serializers.Serializer):
    """Who holds the contact point."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField(source="full_name")


class DeskAnswerSerializer(serializers.Serializer):
    """For one person: `then` as known at the time, `now` as known today.

    `contact` is the one nearest to the time, `decision` what it was made on; `decisive` and
    `turning` are the events on which `then` and `now` rest.
    """

    person = DeskPersonSerializer()
    contact_point = serializers.UUIDField()
    value = serializers.CharField()
    at = serializers.DateTimeField()
    then = PermissionAnswerSerializer()
    now = PermissionAnswerSerializer()
    is_violation = serializers.BooleanField()
    contact = EntrySerializer(allow_null=True)
    decision = StoredDecisionSerializer(allow_null=True)
    decisive = EntrySerializer(allow_null=True)
    turning = EntrySerializer(allow_null=True)
    consents = ConsentFileSerializer(many=True)


class FindingSerializer(serializers.Serializer):
    """A kind of finding; with `is_more` there are more than were counted."""

    kind = serializers.ChoiceField(choices=KINDS)
    title = serializers.CharField()
    note = serializers.CharField()
    urgency = serializers.ChoiceField(choices=LIGHTS)
    count = serializers.IntegerField()
    is_more = serializers.BooleanField()


class LatencySerializer(serializers.Serializer):
    """From receipt to record of withdrawals and objections within a year, in seconds."""

    count = serializers.IntegerField()
    mean = serializers.SerializerMethodField()
    longest = serializers.SerializerMethodField()

    def get_mean(self, latency: Latency) -> float | None:
        return latency.mean.total_seconds() if latency.mean else None

    def get_longest(self, latency: Latency) -> float | None:
        return latency.longest.total_seconds() if latency.longest else None


class FindingsSerializer(serializers.Serializer):
    """Every kind of which there is any, the worst first."""

    latency = LatencySerializer()
    results = FindingSerializer(many=True)


class FindingPageSerializer(FindingSerializer):
    """The cases of one kind, the newest first; `names` where they are no events."""

    names = serializers.ListField(child=serializers.CharField())
    next = serializers.IntegerField(allow_null=True, help_text="Send it as `before`.")
    results = EntrySerializer(many=True)


class UngroundedAnswerSerializer(serializers.Serializer):
    """Whose answer to which criterion, and why it may not be kept."""

    person = serializers.UUIDField()
    criterion = serializers.CharField()
    code = serializers.CharField()
    reason = serializers.CharField()
    has_run_out = serializers.BooleanField(
        help_text="There was a consent to exactly this; every night these are taken back."
    )


class UngroundedSerializer(serializers.Serializer):
    """Answers to guarded criteria without a ground."""

    looked_at = serializers.IntegerField()
    taken_back = serializers.IntegerField()
    found = UngroundedAnswerSerializer(many=True)


class SampleQuery(Language):
    """How many contacts, and from which seed; the same `seed` and `size` draw the same ones."""

    count = serializers.IntegerField(min_value=1, max_value=samples.MOST, default=10)
    seed = serializers.IntegerField(
        min_value=0, max_value=10**12, required=False, help_text="Without it a random one."
    )
    size = serializers.IntegerField(
        min_value=0,
        max_value=2**63 - 1,
        required=False,
        help_text="Draw among the first so many events of the ledger; without it among all.",
    )


class DrawnSerializer(serializers.Serializer):
    """One contact; `then` and `now` are null if nobody asked before it."""

    contact = EntrySerializer()
    then = PermissionAnswerSerializer(allow_null=True)
    now = PermissionAnswerSerializer(allow_null=True)
    is_violation = serializers.BooleanField()
    decision = StoredDecisionSerializer(allow_null=True)
    consent = ConsentFileSerializer(allow_null=True)


class SampleSerializer(serializers.Serializer):
    """What was drawn, and among how many."""

    seed = serializers.IntegerField()
    size = serializers.IntegerField()
    among = serializers.IntegerField()
    results = DrawnSerializer(many=True)


class DossierInput(serializers.Serializer):
    """For which number or address, and as which file."""

    value = serializers.CharField(max_length=254)
    channel = serializers.ChoiceField(choices=CHANNELS, default="phone")
    format = serializers.ChoiceField(choices=FORMS, default="pdf")


class AuditReportInput(serializers.Serializer):
    """As which file."""

    format = serializers.ChoiceField(choices=FORMS, default="pdf")


class LedgerStateSerializer(serializers.Serializer):
    """The ledger as the last check found it; `checkpoint` is the last signed note (C2SP)."""

    size = serializers.IntegerField()
    verified = serializers.IntegerField(help_text="So many events the last check saw.")
    verified_at = serializers.DateTimeField(allow_null=True)
    is_valid = serializers.BooleanField()
    milliseconds = serializers.IntegerField()
    findings = serializers.ListField(child=serializers.CharField())
    checkpoint = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_checkpoint(self, state: Any) -> str | None:
        return state.checkpoint.note if state.checkpoint else None


def asked_of(body: dict[str, Any]) -> Asked:
    """The question of a body."""
    return Asked(
        value=body["value"], channel=body["channel"], purpose=body["purpose"], at=body["at"]
    )


def answers_of(found: list[Answer], language: str) -> list[dict[str, Any]]:
    """Answers with their events in words."""
    named = [each for answer in found for each in (answer.use, answer.decisive, answer.turning)]
    events = LedgerEvent.objects.filter(pk__in=[each.pk for each in named if each])
    told = {entry.event: entry for entry in histories.told(events.select_related("payload"))}
    return [
        {
            "person": answer.person,
            "contact_point": answer.point.public_id,
            "value": answer.point.display,
            "at": answer.at,
            "then": answer_of(answer.then, language),
            "now": answer_of(answer.now, language),
            "is_violation": answer.is_violation,
            "contact": told.get(answer.use.public_id) if answer.use else None,
            "decision": answer.permit,
            "decisive": told.get(answer.decisive.public_id) if answer.decisive else None,
            "turning": told.get(answer.turning.public_id) if answer.turning else None,
            "consents": answer.consents,
        }
        for answer in found
    ]


def drawn_of(each: Drawn, language: str) -> dict[str, Any]:
    """A drawn contact."""
    judged = each.judged
    return {
        "contact": each.entry,
        "then": None if judged.then is None else answer_of(judged.then, language),
        "now": None if judged.now is None else answer_of(judged.now, language),
        "is_violation": judged.is_violation,
        "decision": judged.permit,
        "consent": each.file,
    }
