"""Touchpoints (Kontakte): what happened, once for each contact, whoever took part in it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consent.models import ContactDecision
from consent.models.event import append_only
from contacts.models import ContactPoint
from crm.accounts.models import Team
from crm.kernel.ids import uuid7
from crm.kernel.labels import Labelled
from history.channels import Channel, Direction
from history.models.one_of import exactly_one

if TYPE_CHECKING:
    from history.models.activity import Activity


class Outcome(models.TextChoices):
    """How it ended."""

    NONE = "", _("ohne Angabe")
    REACHED = "REACHED", _("gesprochen")
    NOT_REACHED = "NOT_REACHED", _("nicht erreicht")
    MISSED = "MISSED", _("verpasst")
    VOICEMAIL = "VOICEMAIL", _("auf Band gesprochen")
    DELIVERED = "DELIVERED", _("zugestellt")
    BOUNCED = "BOUNCED", _("unzustellbar")
    DONE = "DONE", _("erledigt")


class Category(models.Model):
    """What a contact was about, on two levels; kept by the team lead."""

    name = models.CharField(max_length=100)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], nulls_distinct=False, name="category_is_named_once"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="category_is_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parent.name} / {self.name}" if self.parent else self.name


class Touchpoint(Labelled):
    """One contact. Its row never changes; a later one that ``corrects`` it takes its place.

    ``happened_at`` is where it stands in the line: when it was received, or begun. The other times
    are those that a contact centre measures, as far as they are known. ``contact_value`` is the
    number or address as it came, ``contact_point`` the row of it. ``external_id`` is its number in
    ``system`` (a Message-ID, the id of a call) and says that it is already here. ``decision`` is
    the answer of the gate on which it was made, ``consent_use`` the event of the ledger that
    tells of this use. Contacts of one ``thread`` belong together. ``promises`` are the activities
    that were promised in it, where :func:`history.timeline.loaded` read them.
    """

    promises: "Sequence[Activity]" = ()

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    direction = models.CharField(max_length=3, choices=Direction.choices, blank=True, default="")
    subject = models.CharField(max_length=300, blank=True, default="")
    body = models.TextField(blank=True, default="")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    happened_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    wrapped_up_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact_point = models.ForeignKey(
        ContactPoint,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="touchpoints",
        db_index=False,
    )
    contact_value = models.CharField(max_length=400, blank=True, default="")
    thread = models.UUIDField(null=True, blank=True)
    case = models.CharField(max_length=40, blank=True, default="")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    system = models.CharField(max_length=40, blank=True, default="")
    external_id = models.CharField(max_length=300, db_collation="C", blank=True, default="")
    decision = models.ForeignKey(
        ContactDecision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    consent_use = models.UUIDField(null=True, blank=True)
    search = models.GeneratedField(
        expression=SearchVector("subject", "body", config="german"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["-happened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "external_id"],
                condition=~Q(external_id=""),
                name="touchpoint_comes_once_from_a_system",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="touchpoint_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="touchpoint_direction_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("happened_at")),
                name="touchpoint_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="touchpoint_corrects_another",
            ),
        ]
        indexes = [
            # What an erasure deletes is looked for here, and by the foreign keys once more.
            models.Index(
                fields=["contact_point"],
                condition=Q(contact_point__isnull=False),
                name="touchpoint_over_a_point",
            ),
            models.Index(
                fields=["decision"],
                condition=Q(decision__isnull=False),
                name="touchpoint_on_a_decision",
            ),
            models.Index(fields=["-happened_at", "-id"], name="touchpoint_by_time"),
            models.Index(fields=["agent", "-happened_at"], name="touchpoint_by_agent"),
            models.Index(
                fields=["thread"], condition=Q(thread__isnull=False), name="touchpoint_by_thread"
            ),
        ]
        triggers = append_only("touchpoint", delete=False)

    def __str__(self) -> str:
        return self.subject or f"{self.get_channel_display()} {self.happened_at:%d.%m.%Y %H:%M}"


SUBJECTS = ("person", "company", "opportunity", "contact_point")
"""In whose line a contact may stand."""


class ParticipantRole(models.TextChoices):
    """In what part somebody was there."""

    PARTNER = "PARTNER", _("Gesprächspartner")
    FROM = "FROM", _("Absender")
    TO = "TO", _("Empfänger")
    CC = "CC", _("in Kopie")
    ATTENDEE = "ATTENDEE", _("dabei")
    ABOUT = "ABOUT", _("betroffen")


class Participation(models.Model):
    """That a contact stands in somebody's line: of a person, a company, an opportunity, or of a
    number or address of which it is not known whose it was.

    One row each; the columns from ``happened_at`` on repeat the contact's own, so that a page of a
    line is read from one index. A line of a person includes the rows of contact points that the
    person holds: a contact with somebody unknown is theirs as soon as they are known by it.
    ``is_current`` is false once a correction took the contact's place.
    """

    touchpoint = models.ForeignKey(
        Touchpoint, on_delete=models.CASCADE, related_name="participations"
    )
    person = models.ForeignKey(
        "contacts.Person",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="participations",
        db_index=False,
    )
    company = models.ForeignKey(
        "contacts.Company",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="participations",
        db_index=False,
    )
    opportunity = models.ForeignKey(
        "history.Opportunity",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="participations",
        db_index=False,
    )
    contact_point = models.ForeignKey(
        ContactPoint,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        db_index=False,
    )
    role = models.CharField(
        max_length=10, choices=ParticipantRole.choices, default=ParticipantRole.PARTNER
    )
    is_current = models.BooleanField(default=True)
    happened_at = models.DateTimeField()
    channel = models.CharField(max_length=12, choices=Channel.choices)
    direction = models.CharField(max_length=3, choices=Direction.choices, blank=True, default="")
    agent_id = models.BigIntegerField(null=True, blank=True)
    category_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            exactly_one(*SUBJECTS, name="participation_is_of_one"),
            *(
                models.UniqueConstraint(
                    fields=["touchpoint", subject],
                    condition=Q(**{f"{subject}__isnull": False}),
                    name=f"participation_once_for_a_{subject}",
                )
                for subject in SUBJECTS
            ),
        ]
        indexes = [
            models.Index(
                subject,
                F("happened_at").desc(),
                F("touchpoint").desc(),
                include=["channel", "direction", "agent_id", "category_id", "is_current"],
                condition=Q(**{f"{subject}__isnull": False}),
                name=f"line_of_a_{subject}",
            )
            for subject in SUBJECTS
        ]

    def __str__(self) -> str:
        subject = self.person or self.company or self.opportunity or self.contact_point
        return f"{subject}: {self.touchpoint_id}"
