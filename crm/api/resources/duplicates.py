"""``/duplicates``: suspects and why, decisions about them, runs of the batch."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.duplicates import decisions, queue, runs, suspects, viewed
from contacts.duplicates.suspects import Group, Suspicion
from contacts.matching.explain import BANDS
from contacts.models import (
    MatchingKind,
    MatchingRun,
    MatchingScope,
    MatchingState,
    PairDecision,
)
from contacts.models.matching import BUSY_MATCHING
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.kernel import clock, errors

TAG = "Duplicates"
MOST_GROUPS = 100
MOST_ROWS = 200
KINDS = {"persons": MatchingKind.PERSON, "companies": MatchingKind.COMPANY}
OF_KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=list(KINDS))
Verdict = PairDecision.Verdict


class SuspectRecord(serializers.Serializer):
    """One of the records that look alike."""

    id = serializers.UUIDField(source="public_id")
    full_name = serializers.CharField()


class PartSerializer(serializers.Serializer):
    """What one field says: bits for (or, if negative, against) a duplicate."""

    field = serializers.CharField()
    level = serializers.CharField()
    bits = serializers.FloatField()


class ExplanationSerializer(serializers.Serializer):
    """``weight`` is ``base`` plus the bits of all parts; ``against`` is what else would explain
    best that the records look alike."""

    weight = serializers.FloatField()
    base = serializers.FloatField()
    against = serializers.CharField()
    parts = PartSerializer(many=True)


class DecisionSerializer(serializers.ModelSerializer[PairDecision]):
    """That two records are the same, or that they are not."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    kind = serializers.SerializerMethodField()
    first = serializers.SerializerMethodField()
    second = serializers.SerializerMethodField()
    weight = serializers.FloatField(
        read_only=True, allow_null=True, help_text="In bits; null if there was no suspicion."
    )
    decided_by = serializers.UUIDField(
        source="decided_by.public_id", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = PairDecision
        fields = (
            "id",
            "kind",
            "first",
            "second",
            "verdict",
            "weight",
            "decided_by",
            "decided_at",
            "withdrawn_at",
        )

    @extend_schema_field(serializers.ChoiceField(choices=list(KINDS)))
    def get_kind(self, decision: PairDecision) -> str:
        return _word(decision.kind)

    def get_first(self, decision: PairDecision) -> UUID:
        return decisions.records_of(decision)[0].public_id

    def get_second(self, decision: PairDecision) -> UUID:
        return decisions.records_of(decision)[1].public_id


class SuspicionSerializer(serializers.Serializer):
    """Two records that look alike."""

    first = serializers.UUIDField(source="first.public_id")
    second = serializers.UUIDField(source="second.public_id")
    weight = serializers.FloatField(help_text="In bits; 0 is the threshold.")
    band = serializers.ChoiceField(choices=list(BANDS))
    explanation = ExplanationSerializer()
    decision = serializers.SerializerMethodField()

    @extend_schema_field(DecisionSerializer(allow_null=True))
    def get_decision(self, pair: Suspicion) -> dict[str, Any] | None:
        return dict(DecisionSerializer(pair.decision).data) if pair.decision else None


class GroupSerializer(serializers.Serializer):
    """Records that are probably one."""

    number = serializers.IntegerField()
    kind = serializers.SerializerMethodField()
    strength = serializers.FloatField(help_text="Weight of the strongest pair, in bits.")
    band = serializers.ChoiceField(choices=list(BANDS))
    members = SuspectRecord(many=True)
    hidden = serializers.IntegerField(help_text="Members that you may not see.")
    pairs = SuspicionSerializer(many=True)

    @extend_schema_field(serializers.ChoiceField(choices=list(KINDS)))
    def get_kind(self, group: Group) -> str:
        return _word(group.kind)


class GroupPage(serializers.Serializer):
    """Some groups, the strongest first."""

    total = serializers.IntegerField()
    next = serializers.CharField(allow_blank=True, help_text="Send it as `after`.")
    results = GroupSerializer(many=True)


class GroupQuery(serializers.Serializer):
    """Which groups."""

    kind = serializers.ChoiceField(choices=list(KINDS), default="persons")
    band = serializers.ChoiceField(choices=list(BANDS), required=False)
    open = serializers.BooleanField(
        default=False, help_text="Only groups of which you can still settle a pair."
    )
    source = serializers.UUIDField(
        required=False, help_text="Only groups with a record from this source that you see."
    )
    view = serializers.UUIDField(
        required=False,
        help_text="Only groups with a record that this saved view of the list holds for you.",
    )
    after = serializers.CharField(required=False, help_text="`next` of the page before.")
    limit = serializers.IntegerField(min_value=1, max_value=MOST_GROUPS, default=25)


class RunSerializer(serializers.ModelSerializer[MatchingRun]):
    """A run of the batch with its figures."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    kind = serializers.SerializerMethodField()
    share = serializers.SerializerMethodField(
        help_text="How far it is, from 0 to 1; null if it ended before its time."
    )
    model_version = serializers.IntegerField(
        source="model.version", read_only=True, allow_null=True, default=None
    )
    figures = serializers.JSONField(
        read_only=True, help_text="Seconds per step, key types, fillers, histogram, notices."
    )

    class Meta:
        model = MatchingRun
        fields = (
            "id",
            "kind",
            "scope",
            "retrain",
            "state",
            "step",
            "share",
            "is_current",
            "model_version",
            "records",
            "changed",
            "candidates",
            "pairs_found",
            "groups_found",
            "figures",
            "failure",
            "created_at",
            "started_at",
            "finished_at",
        )

    @extend_schema_field(serializers.ChoiceField(choices=list(KINDS)))
    def get_kind(self, run: MatchingRun) -> str:
        return _word(run.kind)

    def get_share(self, run: MatchingRun) -> float | None:
        if run.state == MatchingState.DONE:
            return 1.0
        return runs.progress(run).share if run.state in BUSY_MATCHING else None


class RunStart(serializers.Serializer):
    """What to search; ``retrain`` learns the model anew, which takes a full run."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    scope = serializers.ChoiceField(choices=MatchingScope.choices, default=MatchingScope.CHANGED)
    retrain = serializers.BooleanField(default=False)


class DecisionInput(serializers.Serializer):
    """Two records of one kind, and what they are."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    first = serializers.UUIDField()
    second = serializers.UUIDField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)


class DecisionQuery(serializers.Serializer):
    """Which decisions."""

    kind = serializers.ChoiceField(choices=list(KINDS), required=False)


class Groups(View):
    """Groups of suspects."""

    @describe(
        tag=TAG, returns=GroupPage, refuses=(400, 401, 403, 404), parameters=[GroupQuery],
        operation_id="duplicate_group_list",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List the groups of which you see a member, the strongest first."""
        policy.require(self.user, Permission.CONTACTS_VIEW)
        asked = GroupQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        kind = KINDS[values.pop("kind")]
        wanted = queue.Filter(
            band=values.pop("band", ""),
            source=queue.source_named(values.pop("source")) if "source" in values else None,
            view=self._view(kind, values.pop("view", None)),
            is_open=values.pop("open"),
        )
        page = suspects.page(user=self.user, kind=kind, wanted=wanted, **values)
        found = {"total": page.total, "next": page.next, "results": page.groups}
        return Response(GroupPage(found).data)

    def _view(self, kind: MatchingKind, public_id: UUID | None) -> viewed.Viewed | None:
        if public_id is None:
            return None
        return viewed.named(user=self.user, kind=kind, public_id=public_id, at=clock.now())


class GroupDetail(View):
    """One group."""

    @describe(
        tag=TAG, returns=GroupSerializer, refuses=(401, 403, 404), parameters=[OF_KIND],
        operation_id="duplicate_group_read",
    )  # fmt: skip
    def get(self, request: Request, kind: str, number: int) -> Response:
        """Read one group."""
        policy.require(self.user, Permission.CONTACTS_VIEW)
        if kind not in KINDS:
            raise errors.NotFound(kind=kind)
        group = suspects.group_for(user=self.user, kind=KINDS[kind], number=number)
        return Response(GroupSerializer(group).data)


class Runs(View):
    """Runs, and the door for new ones."""

    writing = Permission.DUPLICATES_RUN

    @describe(
        tag=TAG, returns=RunSerializer(many=True), refuses=(401, 403),
        operation_id="duplicate_run_list",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List the latest 200 runs."""
        found = runs.runs_of(self.user).order_by("-pk")[:MOST_ROWS]
        return Response(RunSerializer(found, many=True).data)

    @describe(
        tag=TAG, body=RunStart, returns=RunSerializer, status=202, refuses=(400, 401, 403, 422)
    )
    def post(self, request: Request) -> Response:
        """Queue a run."""
        body = self.read(RunStart)
        run = runs.start(
            actor=self.user,
            kind=KINDS[body["kind"]],
            scope=MatchingScope(body["scope"]),
            retrain=body["retrain"],
            at=clock.now(),
        )
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)


class RunDetail(View):
    """One run."""

    @describe(
        tag=TAG, returns=RunSerializer, refuses=(401, 403, 404), operation_id="duplicate_run_read"
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read state and figures."""
        return Response(RunSerializer(runs.run_for(user=self.user, public_id=public_id)).data)


class RunCancelling(View):
    """Stop."""

    writing = Permission.DUPLICATES_RUN

    @describe(tag=TAG, returns=RunSerializer, status=202, refuses=(401, 403, 404, 422))
    def post(self, request: Request, public_id: UUID) -> Response:
        """Stop a run; what the last complete one found stays."""
        run = runs.run_for(user=self.user, public_id=public_id)
        stopped = runs.cancel(actor=self.user, run=run, at=clock.now())
        return Response(RunSerializer(stopped).data, status=status.HTTP_202_ACCEPTED)


class Decisions(View):
    """Decisions, and the door for new ones."""

    writing = Permission.CONTACTS_EDIT

    @describe(
        tag=TAG, returns=DecisionSerializer(many=True), refuses=(400, 401, 403),
        parameters=[DecisionQuery], operation_id="duplicate_decision_list",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List the latest 200 decisions that hold."""
        policy.require(self.user, Permission.CONTACTS_VIEW)
        asked = DecisionQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = decisions.decisions_of(self.user)
        if kind := asked.validated_data.get("kind"):
            rows = rows.filter(first_person__isnull=KINDS[kind] != MatchingKind.PERSON)
        return Response(DecisionSerializer(rows[:MOST_ROWS], many=True).data)

    @describe(
        tag=TAG, body=DecisionInput, returns=DecisionSerializer, status=201,
        refuses=(400, 401, 403, 404, 422),
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Decide of two records; an earlier decision gives way."""
        body = self.read(DecisionInput)
        fetch: Any = self.person if body["kind"] == "persons" else self.company
        decision = decisions.decide(
            actor=self.user,
            first=fetch(body["first"]),
            second=fetch(body["second"]),
            verdict=Verdict(body["verdict"]),
            at=clock.now(),
        )
        return Response(DecisionSerializer(decision).data, status=status.HTTP_201_CREATED)


class DecisionWithdrawing(View):
    """Take back."""

    writing = Permission.CONTACTS_EDIT

    @describe(tag=TAG, returns=DecisionSerializer, refuses=(401, 403, 404, 409))
    def post(self, request: Request, public_id: UUID) -> Response:
        """Take a decision back."""
        decision = decisions.decision_for(user=self.user, public_id=public_id)
        withdrawn = decisions.withdraw(actor=self.user, decision=decision, at=clock.now())
        return Response(DecisionSerializer(withdrawn).data)


def _word(kind: str) -> str:
    return next(word for word, code in KINDS.items() if code == kind)
