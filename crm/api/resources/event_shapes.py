"""How trade fairs and their leads look in the API."""

from typing import Any

from rest_framework import serializers

from consent import controllers
from consent.models import ConsentText, Controller
from contacts.models import Company
from crm.api.fields import ByPublicId, UserField
from crm.api.resources.opportunity_shapes import OpportunityCount
from history.fairs.dropping import LONGEST
from history.fairs.forms import Act, Asks
from history.models import BuyingRole, Event, LeadCapture, LeadGrade, LeadState, OptInAnswer

ASKS = [(str(each), str(each)) for each in Asks]
ACTS = [(str(each), str(each)) for each in Act]
GRADES = [(str(each), str(each)) for each in LeadGrade.values]
STATES = [(str(each), str(each)) for each in LeadState.values]
ANSWERS = [(str(each), str(each)) for each in OptInAnswer.values]
ROLES = [(str(each), str(each)) for each in BuyingRole.values]


class FairChipSerializer(serializers.Serializer):
    """One answer to tap. `points` is 0, 0.5 or 1, null if it tells nothing; `value` is EUR for
    `VOLUME`, months for `HORIZON`, a buying role for `AUTHORITY`, else null."""

    code = serializers.CharField(max_length=60)
    label = serializers.CharField(max_length=60)
    points = serializers.FloatField(required=False, allow_null=True)
    value = serializers.JSONField(required=False, allow_null=True)


class FairQuestionSerializer(serializers.Serializer):
    """A row of chips; `many` allows more than one."""

    code = serializers.CharField(max_length=60)
    label = serializers.CharField(max_length=60)
    asks = serializers.ChoiceField(choices=ASKS)
    many = serializers.BooleanField(required=False, default=False)
    chips = FairChipSerializer(many=True)


class FairFollowUp(serializers.Serializer):
    """What a grade promises: the act, within so many hours of the capture."""

    hours = serializers.IntegerField(min_value=1)
    act = serializers.ChoiceField(choices=ACTS)


class FairSerializer(serializers.ModelSerializer[Event]):
    """A trade fair as it is set up. On `delete_on` leads that came to nothing are deleted."""

    id = serializers.UUIDField(source="public_id")
    controller = serializers.UUIDField(source="controller.public_id")
    source = serializers.UUIDField(source="source.public_id")
    team = serializers.SerializerMethodField()
    texts = serializers.SerializerMethodField()
    form = FairQuestionSerializer(many=True)
    follow_up = serializers.DictField(child=FairFollowUp())

    class Meta:
        model = Event
        fields = (
            "id", "name", "stand", "place", "starts_on", "ends_on", "controller", "source", "team",
            "texts", "form", "follow_up", "target_leads", "badge_licence", "delete_on",
            "closed_at", "version",
        )  # fmt: skip

    def get_team(self, event: Event) -> list[str]:
        return [str(each.public_id) for each in event.team.all()]

    def get_texts(self, event: Event) -> list[str]:
        return [str(each.public_id) for each in event.texts.all()]


class EventInput(serializers.Serializer):
    """A new fair. Without `form` and `follow_up` it begins with the usual ones, without
    `controller` with the first one."""

    name = serializers.CharField(max_length=200)
    stand = serializers.CharField(max_length=100, required=False, allow_blank=True)
    place = serializers.CharField(max_length=200, required=False, allow_blank=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    controller = ByPublicId(queryset=Controller.objects.none(), required=False)
    team = UserField(many=True, required=False)
    texts = ByPublicId(queryset=ConsentText.objects.all(), many=True, required=False)
    form = FairQuestionSerializer(many=True, required=False)
    follow_up = serializers.DictField(child=FairFollowUp(), required=False)
    target_leads = serializers.IntegerField(required=False, allow_null=True)
    badge_licence = serializers.CharField(max_length=500, required=False, allow_blank=True)
    delete_on = serializers.DateField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["controller"]
        field.queryset = controllers.active()


class EventChange(EventInput):
    """What is left out stays; with `version` a change of somebody else in between is noticed."""

    version = serializers.IntegerField(required=False)


class HourCount(serializers.Serializer):
    """So many leads in the hour that begins then."""

    hour = serializers.DateTimeField()
    leads = serializers.IntegerField()


class GradeCount(serializers.Serializer):
    """So many leads of the grade; an empty one is of those without."""

    grade = serializers.CharField(allow_blank=True)
    leads = serializers.IntegerField()


class RepCount(serializers.Serializer):
    """So many leads captured by the user."""

    user = serializers.UUIDField()
    name = serializers.CharField()
    leads = serializers.IntegerField()


class OptInCount(serializers.Serializer):
    """What visitors said to a channel; `rate` is the share of all leads that said yes."""

    channel = serializers.CharField()
    yes = serializers.IntegerField()
    no = serializers.IntegerField()
    not_asked = serializers.IntegerField()
    rate = serializers.FloatField()


class PromiseCount(serializers.Serializer):
    """Answered in time; too late or not yet; not due yet. `rate` is null while nothing was due."""

    kept = serializers.IntegerField()
    broken = serializers.IntegerField()
    ahead = serializers.IntegerField()
    rate = serializers.FloatField(allow_null=True)


class EventFigures(serializers.Serializer):
    """The figures of a fair; `volume` in EUR sums the opportunities of which it is known."""

    leads = serializers.IntegerField()
    open = serializers.IntegerField()
    taken_over = serializers.IntegerField()
    dropped = serializers.IntegerField()
    nameless = serializers.IntegerField()
    overdue = serializers.IntegerField()
    opt_in_rate = serializers.FloatField(allow_null=True)
    hours = HourCount(many=True)
    grades = GradeCount(many=True)
    reps = RepCount(many=True)
    opt_ins = OptInCount(many=True)
    promises = PromiseCount()
    opportunities = serializers.IntegerField()
    won = serializers.IntegerField()
    volume = serializers.DecimalField(max_digits=16, decimal_places=2)


class LeadOptInSerializer(serializers.Serializer):
    """What the visitor said to one channel of one text."""

    text = serializers.UUIDField(source="text.public_id")
    channel = serializers.CharField()
    answer = serializers.ChoiceField(choices=ANSWERS)


class LeadFileWholeSerializer(serializers.Serializer):
    """A photo or memo; it is whole once `received` is `size`."""

    id = serializers.UUIDField(source="public_id")
    kind = serializers.CharField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    received = serializers.IntegerField()


class LeadWholeSerializer(serializers.ModelSerializer[LeadCapture]):
    """A slip and what became of it. `opportunity` and `company` are there once it was taken over;
    `person` is null as long as it has no name."""

    id = serializers.UUIDField(source="public_id")
    event = serializers.UUIDField(source="event.public_id")
    captured_by = serializers.UUIDField(source="captured_by.public_id")
    grade = serializers.ChoiceField(choices=GRADES, allow_blank=True)
    state = serializers.ChoiceField(choices=STATES)
    person = serializers.UUIDField(source="person.public_id", allow_null=True, default=None)
    company = serializers.UUIDField(source="company.public_id", allow_null=True, default=None)
    opportunity = serializers.UUIDField(
        source="opportunity.public_id", allow_null=True, default=None
    )
    answers = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    origins = serializers.DictField(child=serializers.CharField())
    opt_ins = LeadOptInSerializer(many=True, source="opt_ins.all")
    files = LeadFileWholeSerializer(many=True, source="files.all")

    class Meta:
        model = LeadCapture
        fields = (
            "id", "client_id", "event", "captured_by", "captured_at", "received_at", "is_late",
            "state", "version", "name", "company_name", "function", "email", "phone", "mobile",
            "need", "note", "answers", "origins", "grade", "next_step", "next_step_on", "problems",
            "opt_ins", "files", "person", "company", "opportunity", "finished_at",
            "dropped_because",
        )  # fmt: skip


class LeadPage(serializers.Serializer):
    """One page of leads: overdue first, then open ones by grade and promise."""

    total = OpportunityCount()
    previous = serializers.CharField(allow_blank=True, help_text="Send it as `before`.")
    next = serializers.CharField(allow_blank=True, help_text="Send it as `after`.")
    results = LeadWholeSerializer(many=True)


class LeadVersion(serializers.Serializer):
    """With `version` a change of somebody else in between is noticed."""

    version = serializers.IntegerField(required=False)


class LeadChange(LeadVersion):
    """Fields of the slip; what is left out stays."""

    name = serializers.CharField(required=False, allow_blank=True, max_length=200)
    company_name = serializers.CharField(required=False, allow_blank=True, max_length=200)
    function = serializers.CharField(required=False, allow_blank=True, max_length=200)
    email = serializers.CharField(required=False, allow_blank=True, max_length=254)
    phone = serializers.CharField(required=False, allow_blank=True, max_length=50)
    mobile = serializers.CharField(required=False, allow_blank=True, max_length=50)
    need = serializers.CharField(required=False, allow_blank=True, max_length=20000)
    note = serializers.CharField(required=False, allow_blank=True, max_length=20000)
    answers = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), required=False
    )
    grade = serializers.ChoiceField(choices=GRADES, required=False, allow_blank=True)
    next_step = serializers.CharField(required=False, allow_blank=True, max_length=200)
    next_step_on = serializers.DateField(required=False, allow_null=True)


class LeadTakeOverInput(LeadVersion):
    """What is left out is as the slip suggests. `company` names one that is there, `company_name`
    makes a new one; without either there is none."""

    company = ByPublicId(queryset=Company.objects.all(), required=False, allow_null=True)
    company_name = serializers.CharField(required=False, allow_blank=True, max_length=200)
    function = serializers.CharField(required=False, allow_blank=True, max_length=200)
    title = serializers.CharField(required=False, max_length=200)
    need = serializers.CharField(required=False, allow_blank=True, max_length=20000)
    situation = serializers.CharField(required=False, allow_blank=True, max_length=20000)
    volume = serializers.DecimalField(
        required=False, allow_null=True, max_digits=14, decimal_places=2
    )
    realisation_on = serializers.DateField(required=False, allow_null=True)
    role = serializers.ChoiceField(choices=ROLES, required=False, allow_blank=True)
    competitors = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, max_length=20
    )


class LeadDropInput(LeadVersion):
    """Why nothing comes of it."""

    reason = serializers.CharField(max_length=LONGEST)


class LeadMergeInput(LeadVersion):
    """The known person that the visitor is."""

    person = serializers.UUIDField()


class LeadMerged(serializers.Serializer):
    """The merge, which can be undone, and the lead as it is now."""

    merge = serializers.UUIDField(source="merge.public_id")
    lead = LeadWholeSerializer()
