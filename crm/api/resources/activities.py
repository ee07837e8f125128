"""``/activities``: what is planned, and what becomes of it."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.listing.counting import Count
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.api.fields import TeamField, UserField
from crm.kernel import clock
from history import access, activities
from history.activities import due, listing
from history.activities.rows import Row, row
from history.models import Activity, ActivityKind, ActivityState, Priority

TAG = "Activities"
MOST_ROWS = 200
MOST_VERSIONS = 2**31 - 1
RECORDS = ("person", "company", "opportunity")
REFUSES = (400, 401, 403, 404, 409)


class ActivityQuery(serializers.Serializer):
    """Conditions that all hold."""

    whose = serializers.ChoiceField(
        choices=["mine", "team", "unassigned", "all"],
        default="mine",
        help_text="`team`: of your teams; `all`: all that you may see.",
    )
    state = serializers.ChoiceField(
        choices=["open", "overdue", "done", "cancelled", "all"], default="open"
    )
    kind = serializers.ChoiceField(choices=ActivityKind.choices, required=False)
    assignee = UserField(required=False)
    person = serializers.UUIDField(required=False)
    company = serializers.UUIDField(required=False)
    opportunity = serializers.UUIDField(required=False)
    since = serializers.DateField(required=False, help_text="Due on this day or later.")
    until = serializers.DateField(required=False, help_text="Due on this day or earlier.")
    after = serializers.CharField(required=False, help_text="`next` of the page before.")
    before = serializers.CharField(required=False, help_text="`previous` of the page behind.")
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST_ROWS, default=listing.PAGE_SIZE
    )


@extend_schema_field({"type": "string", "format": "uuid", "nullable": True})
class SeenId(serializers.Field):
    """The id of a record that the user may see, else null."""

    def get_attribute(self, instance: Row) -> Any:
        return getattr(instance, str(self.field_name))

    def to_representation(self, value: Any) -> str:
        return str(value.public_id)


class ActivitySerializer(serializers.Serializer):
    """Something planned. Records that you may not see are null. Without `has_time` only the day
    of `due_at` counts."""

    id = serializers.UUIDField(source="activity.public_id")
    kind = serializers.ChoiceField(source="activity.kind", choices=ActivityKind.choices)
    subject = serializers.CharField(source="activity.subject")
    note = serializers.CharField(source="activity.note")
    state = serializers.ChoiceField(source="activity.state", choices=ActivityState.choices)
    priority = serializers.ChoiceField(source="activity.priority", choices=Priority.choices)
    due_at = serializers.DateTimeField(source="activity.due_at")
    has_time = serializers.BooleanField(source="activity.has_time")
    is_overdue = serializers.BooleanField()
    starts_at = serializers.DateTimeField(source="activity.starts_at", allow_null=True)
    ends_at = serializers.DateTimeField(source="activity.ends_at", allow_null=True)
    place = serializers.CharField(source="activity.place")
    recurrence = serializers.CharField(
        source="activity.recurrence", help_text="A rule of RFC 5545, empty for once."
    )
    assignee = serializers.UUIDField(
        source="activity.assignee.public_id", allow_null=True, default=None
    )
    team = serializers.UUIDField(source="activity.team.public_id", allow_null=True, default=None)
    person = SeenId(allow_null=True)
    company = SeenId(allow_null=True)
    opportunity = SeenId(allow_null=True)
    created_at = serializers.DateTimeField(source="activity.created_at")
    updated_at = serializers.DateTimeField(source="activity.updated_at")
    closed_at = serializers.DateTimeField(source="activity.closed_at", allow_null=True)
    version = serializers.IntegerField(source="activity.version")


class CountOfActivities(serializers.Serializer):
    """How many there are; ``is_capped`` says that there are more than ``value``."""

    value = serializers.IntegerField()
    is_capped = serializers.BooleanField()


class ActivityPage(serializers.Serializer):
    """One page of activities."""

    total = CountOfActivities()
    previous = serializers.CharField(allow_blank=True, help_text="Send it as `before`.")
    next = serializers.CharField(allow_blank=True, help_text="Send it as `after`.")
    results = ActivitySerializer(many=True)


class When(serializers.Serializer):
    """Either `when` in words, or `due_at`; without `has_time` only the day of `due_at` counts."""

    when = serializers.CharField(
        required=False, max_length=60, help_text="`14`, `2w`, `morgen`, `Mo`, `24.3. 14:30`."
    )
    due_at = serializers.DateTimeField(required=False)
    has_time = serializers.BooleanField(required=False)


class ActivityInput(When):
    """What is to be done; whoever plans it does it, unless `assignee` or `team` says otherwise."""

    subject = serializers.CharField(max_length=300)
    kind = serializers.ChoiceField(choices=ActivityKind.choices, required=False)
    note = serializers.CharField(required=False, allow_blank=True, max_length=20000)
    priority = serializers.ChoiceField(choices=Priority.choices, required=False)
    ends_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="Of an appointment; else it lasts an hour."
    )
    place = serializers.CharField(required=False, allow_blank=True, max_length=200)
    recurrence = serializers.CharField(
        required=False, allow_blank=True, max_length=200, help_text="`FREQ=MONTHLY;COUNT=6`"
    )
    assignee = UserField(required=False, allow_null=True)
    team = TeamField(required=False, allow_null=True)
    person = serializers.UUIDField(required=False, allow_null=True)
    company = serializers.UUIDField(required=False, allow_null=True)
    opportunity = serializers.UUIDField(required=False, allow_null=True)


class VersionInput(serializers.Serializer):
    """`version` as it was read: 409 if somebody saved it since."""

    version = serializers.IntegerField(required=False, min_value=1, max_value=MOST_VERSIONS)


class ActivityChange(VersionInput, ActivityInput):
    """Fields to change; those left out stay."""


class PostponeInput(VersionInput, When):
    """The new day; of a day without an hour what has an hour keeps it."""


class HandOverInput(VersionInput):
    """Who does it from now on."""

    to = UserField()


class ActivityView(View):
    """What all addresses of activities share."""

    writing = Permission.HISTORY_RECORD

    def activity(self, public_id: UUID) -> Activity:
        """The activity of the address, if the user may see it."""
        return activities.activity_for(user=self.user, public_id=public_id)

    def shown(self, activity: Activity) -> Any:
        """It as the user sees it, read afresh."""
        fresh = Activity.objects.with_subjects(self.user).get(pk=activity.pk)
        return ActivitySerializer(row(fresh, at=clock.now())).data

    def records(self, body: dict[str, Any]) -> dict[str, Any]:
        """The records that the body names, each seen by the user; null lets one go."""
        finders: dict[str, Any] = {
            "person": self.person,
            "company": self.company,
            "opportunity": self.opportunity,
        }
        given = {name: body[name] for name in RECORDS if name in body}
        return {name: finders[name](key) if key else None for name, key in given.items()}

    def opportunity(self, public_id: UUID) -> Any:
        """The deal, if the user may see it."""
        return access.opportunity_for(user=self.user, public_id=public_id)

    def values(self, body: dict[str, Any]) -> dict[str, Any]:
        """What the domain wants of the body."""
        values = body | self.records(body)
        if phrase := values.pop("when", ""):
            found = due.of(phrase, at=clock.now())
            values |= {"due_at": found.at, "has_time": found.has_time}
        return values


class ActivityList(ActivityView):
    """What is planned."""

    @describe(
        tag=TAG,
        returns=ActivityPage,
        parameters=[ActivityQuery],
        refuses=(400, 401, 403, 404),
        operation_id="activity_list",
    )
    def get(self, request: Request) -> Response:
        """List activities that you may see; what is open in the order in which it is due,
        everything else the latest first."""
        asked = ActivityQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        names = ("whose", "state", "kind", "assignee", "since", "until")
        page = listing.page(
            user=self.user,
            filters=listing.Filters(
                **{name: values[name] for name in names if name in values},
                about=self.records(values),
            ),
            at=clock.now(),
            after=values.get("after", ""),
            before=values.get("before", ""),
            limit=values["limit"],
        )
        return Response(
            {
                "total": _count(page.total),
                "previous": page.previous,
                "next": page.next,
                "results": ActivitySerializer(page.rows, many=True).data,
            }
        )

    @describe(
        tag=TAG,
        body=ActivityInput,
        returns=ActivitySerializer,
        status=201,
        refuses=(400, 401, 403, 404),
        operation_id="activity_create",
    )
    def post(self, request: Request) -> Response:
        """Plan something."""
        values = self.values(self.read(ActivityInput))
        made = activities.plan(actor=self.user, values=values, at=clock.now())
        return Response(self.shown(made), status=status.HTTP_201_CREATED)


class ActivityDetail(ActivityView):
    """One activity."""

    @describe(
        tag=TAG, returns=ActivitySerializer, operation_id="activity_read", refuses=(401, 403, 404)
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read an activity."""
        return Response(self.shown(self.activity(public_id)))

    @describe(
        tag=TAG,
        body=ActivityChange,
        returns=ActivitySerializer,
        refuses=REFUSES,
        operation_id="activity_update",
    )
    def patch(self, request: Request, public_id: UUID) -> Response:
        """Change an open activity."""
        activity = self.activity(public_id)
        body = self.read(ActivityChange, partial=True)
        version = body.pop("version", None)
        changed = activities.edit(
            actor=self.user,
            activity=activity,
            values=self.values(body),
            version=version,
            at=clock.now(),
        )
        return Response(self.shown(changed))


class ActivityCompleting(ActivityView):
    """It is done."""

    @describe(tag=TAG, body=VersionInput, returns=ActivitySerializer, refuses=REFUSES)
    def post(self, request: Request, public_id: UUID) -> Response:
        """Complete an activity; what recurs is planned anew. Twice changes nothing."""
        activity, body = self.activity(public_id), self.read(VersionInput)
        done = activities.complete(actor=self.user, activity=activity, at=clock.now(), **body)
        return Response(self.shown(done))


class ActivityReopening(ActivityView):
    """It is to be done after all."""

    @describe(tag=TAG, body=VersionInput, returns=ActivitySerializer, refuses=REFUSES)
    def post(self, request: Request, public_id: UUID) -> Response:
        """Reopen an activity; the next one of what recurs goes unless somebody touched it."""
        activity, body = self.activity(public_id), self.read(VersionInput)
        opened = activities.reopen(actor=self.user, activity=activity, at=clock.now(), **body)
        return Response(self.shown(opened))


class ActivityCancelling(ActivityView):
    """It will not be done."""

    @describe(tag=TAG, body=VersionInput, returns=ActivitySerializer, refuses=REFUSES)
    def post(self, request: Request, public_id: UUID) -> Response:
        """Cancel an activity; nothing follows it."""
        activity, body = self.activity(public_id), self.read(VersionInput)
        ended = activities.cancel(actor=self.user, activity=activity, at=clock.now(), **body)
        return Response(self.shown(ended))


class ActivityPostponing(ActivityView):
    """Later."""

    @describe(tag=TAG, body=PostponeInput, returns=ActivitySerializer, refuses=REFUSES)
    def post(self, request: Request, public_id: UUID) -> Response:
        """Put an open activity off."""
        activity, body, now = self.activity(public_id), self.read(PostponeInput), clock.now()
        version = body.pop("version", None)
        if "due_at" in body and not body.get("when"):
            has_time = body.get("has_time", False)
            to = activities.Due(due.settled(body["due_at"], has_time=has_time), has_time)
        else:
            to = due.of(body.get("when", ""), at=now)
        moved = activities.postpone(
            actor=self.user, activity=activity, to=to, version=version, at=now
        )
        return Response(self.shown(moved))


class ActivityHandingOver(ActivityView):
    """Somebody else does it."""

    @describe(tag=TAG, body=HandOverInput, returns=ActivitySerializer, refuses=REFUSES)
    def post(self, request: Request, public_id: UUID) -> Response:
        """Give an open activity to a colleague."""
        activity, body = self.activity(public_id), self.read(HandOverInput)
        given = activities.hand_over(actor=self.user, activity=activity, at=clock.now(), **body)
        return Response(self.shown(given))


def _count(count: Count) -> dict[str, Any]:
    return {"value": count.value, "is_capped": count.is_capped}
