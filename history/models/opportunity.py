"""Opportunities (Verkaufschancen): what somebody needs, who decides, how far it has come."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consent.models.event import append_only
from crm.accounts.models import Team, User, Visibility
from crm.accounts.policy import Permission
from crm.kernel.ids import uuid7
from crm.kernel.labels import Labelled


class Pipeline(models.Model):
    """A way that opportunities go, stage by stage."""

    name = models.CharField(max_length=100, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Stage(models.Model):
    """One step. ``probability`` in percent is proposed to what arrives here; after more than
    ``usual_days`` an opportunity counts as ageing."""

    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="stages")
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()
    probability = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    usual_days = models.PositiveSmallIntegerField(default=14)

    class Meta:
        ordering = ["pipeline", "position"]
        constraints = [
            models.UniqueConstraint(fields=["pipeline", "name"], name="stage_is_named_once"),
            models.CheckConstraint(
                condition=Q(probability__lte=100), name="stage_probability_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OpportunityState(models.TextChoices):
    OPEN = "OPEN", _("offen")
    WON = "WON", _("gewonnen")
    LOST = "LOST", _("verloren")


class CloseReason(models.Model):
    """Why opportunities are won or lost."""

    state = models.CharField(max_length=4, choices=OpportunityState.choices)
    label = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["state", "position", "label"]
        constraints = [
            models.UniqueConstraint(fields=["state", "label"], name="close_reason_is_named_once"),
            models.CheckConstraint(
                condition=Q(state__in=["WON", "LOST"]), name="close_reason_is_of_an_end"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    """Deals, chainable."""

    def visible_to(self, user: User) -> Self:
        """The deals that the user may see: own ones, those of the user's teams, or all."""
        access = user.access
        if Permission.OPPORTUNITIES_VIEW not in access.permissions:
            return self.none()
        if access.visibility == Visibility.ALL:
            return self
        if access.visibility == Visibility.TEAM:
            return self.filter(Q(team__in=access.team_ids) | Q(owner=access.user_id))
        return self.filter(owner=access.user_id)


class Opportunity(models.Model):
    """One deal. ``need`` says in words what is wanted, ``situation`` how it is today; what the
    customer wants to regulate, avoid and reach stands as it was said; ``advantage`` is what only
    we offer. ``volume`` in EUR and ``probability`` in percent are null while nobody knows.
    ``stage_since`` is the time of the last :class:`StageChange`.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    company = models.ForeignKey(
        "contacts.Company",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="opportunities",
    )
    person = models.ForeignKey(
        "contacts.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="opportunities",
    )
    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="opportunities")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="opportunities")
    stage_since = models.DateTimeField()
    state = models.CharField(
        max_length=4, choices=OpportunityState.choices, default=OpportunityState.OPEN
    )
    need = models.TextField(blank=True, default="")
    situation = models.TextField(blank=True, default="")
    regulate = models.TextField(blank=True, default="")
    avoid = models.TextField(blank=True, default="")
    reach = models.TextField(blank=True, default="")
    advantage = models.TextField(blank=True, default="")
    budget = models.CharField(max_length=200, blank=True, default="")
    volume = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    probability = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    realisation_on = models.DateField(null=True, blank=True)
    decision_on = models.DateField(null=True, blank=True)
    close_reason = models.ForeignKey(
        CloseReason, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    close_note = models.TextField(blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-id"]
        verbose_name_plural = "opportunities"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="opportunity_has_a_title"),
            models.CheckConstraint(
                condition=Q(company__isnull=False) | Q(person__isnull=False),
                name="opportunity_is_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(probability__isnull=True) | Q(probability__lte=100),
                name="opportunity_probability_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(volume__isnull=True) | Q(volume__gte=0),
                name="opportunity_volume_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", closed_at__isnull=True, close_reason__isnull=True)
                | (~Q(state="OPEN") & Q(closed_at__isnull=False, close_reason__isnull=False)),
                name="opportunity_is_closed_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["pipeline", "stage", "-updated_at"],
                condition=Q(state="OPEN"),
                name="opportunity_board",
            ),
            models.Index(fields=["owner", "state"], name="opportunity_by_owner"),
            models.Index(fields=["team", "state"], name="opportunity_by_team"),
            models.Index(fields=["state", "-closed_at"], name="opportunity_by_end"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it is neither won nor lost."""
        return self.state == OpportunityState.OPEN


class StageChange(models.Model):
    """One step of an opportunity, never changed: with what volume and probability it was made."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="steps")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=4, choices=OpportunityState.choices)
    volume = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    probability = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["opportunity", "at", "id"]
        indexes = [models.Index(fields=["opportunity", "at"], name="stage_change_in_order")]
        triggers = append_only("stage_change", delete=False)

    def __str__(self) -> str:
        return f"{self.opportunity_id}: {self.stage}"


class BuyingRole(models.TextChoices):
    """Parts in a buying centre (Webster and Wind 1972, with the coach of Miller Heiman)."""

    DECIDER = "DECIDER", _("entscheidet")
    APPROVER = "APPROVER", _("gibt Geld frei")
    TECHNICAL = "TECHNICAL", _("entscheidet fachlich")
    BUYER = "BUYER", _("kauft ein")
    USER = "USER", _("nutzt es")
    INFLUENCER = "INFLUENCER", _("berät")
    GATEKEEPER = "GATEKEEPER", _("lässt vor")
    COACH = "COACH", _("Fürsprecher")
    INITIATOR = "INITIATOR", _("hat angestoßen")


class Stance(models.TextChoices):
    UNKNOWN = "", _("unbekannt")
    FOR = "FOR", _("dafür")
    OPEN = "OPEN", _("offen")
    AGAINST = "AGAINST", _("dagegen")


class Stakeholder(Labelled):
    """A person who has a say. ``company`` is on whose side; ``influence`` from 1 (little) to 3
    (much), null while nobody knows. ``sways`` are the public ids of persons whose opinion this one
    shapes; one that was merged leads to its survivor."""

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="stakeholders"
    )
    person = models.ForeignKey("contacts.Person", on_delete=models.CASCADE, related_name="stakes")
    company = models.ForeignKey(
        "contacts.Company",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="stakes",
    )
    roles = ArrayField(
        models.CharField(max_length=12, choices=BuyingRole.choices), default=list, blank=True
    )
    stance = models.CharField(max_length=8, choices=Stance.choices, blank=True, default="")
    influence = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, default="")
    sways = ArrayField(models.UUIDField(), default=list, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["opportunity", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "person"], name="stakeholder_stands_once_in_a_deal"
            ),
            models.CheckConstraint(
                condition=Q(influence__isnull=True) | Q(influence__range=(1, 3)),
                name="stakeholder_influence_is_1_to_3",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.opportunity_id})"


class Standing(models.TextChoices):
    UNKNOWN = "", _("unbekannt")
    AHEAD = "AHEAD", _("vor uns")
    LEVEL = "LEVEL", _("gleichauf")
    BEHIND = "BEHIND", _("hinter uns")
    OUT = "OUT", _("ausgeschieden")


class Competitor(models.Model):
    """Who else wants the deal, and how they stand."""

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="competitors"
    )
    name = models.CharField(max_length=200)
    standing = models.CharField(max_length=8, choices=Standing.choices, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["opportunity", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "name"], name="competitor_is_named_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="competitor_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
