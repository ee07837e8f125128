"""Activities (geplante Aktivitäten): who does what, when, for whom."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from contacts.models import Company, Person
from crm.accounts.models import Team, User, Visibility
from crm.accounts.policy import Permission
from crm.kernel.ids import uuid7
from crm.kernel.labels import Labelled
from history.models.opportunity import Opportunity
from history.models.touchpoint import Touchpoint

SUBJECTS: dict[str, type[Person] | type[Company] | type[Opportunity]] = {
    "person": Person,
    "company": Company,
    "opportunity": Opportunity,
}
"""What an activity can be about, by the name of the field."""


class ActivityKind(models.TextChoices):
    FOLLOW_UP = "FOLLOW_UP", _("Wiedervorlage")
    TASK = "TASK", _("Aufgabe")
    CALL = "CALL", _("Anruf")
    APPOINTMENT = "APPOINTMENT", _("Termin")
    PROMISE = "PROMISE", _("Zusage")


class ActivityState(models.TextChoices):
    OPEN = "OPEN", _("offen")
    DONE = "DONE", _("erledigt")
    CANCELLED = "CANCELLED", _("abgesagt")


class Priority(models.IntegerChoices):
    HIGH = 1, _("hoch")
    NORMAL = 2, _("normal")
    LOW = 3, _("niedrig")


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities, chainable."""

    def visible_to(self, user: User) -> Self:
        """Own ones, those of the user's teams, those about a record that the user sees, or all."""
        access = user.access
        if Permission.HISTORY_VIEW not in access.permissions:
            return self.none()
        if access.visibility == Visibility.ALL:
            return self
        seen = Q(assignee=access.user_id)
        if access.visibility == Visibility.TEAM:
            seen |= Q(team__in=access.team_ids)
        for name in SUBJECTS:
            seen |= Q(_is_seen(name, user))
        return self.filter(seen)

    def with_subjects(self, user: User) -> Self:
        """With what they are about, and whether the user may see it: see ``Activity.shown``."""
        seen = {f"sees_{name}": _is_seen(name, user) for name in SUBJECTS}
        related = ("assignee", "team", *SUBJECTS)
        heavy = [f"{name}__search" for name in ("person", "company")]
        return self.select_related(*related).defer(*heavy).annotate(**seen)

    def open(self) -> Self:
        """Those still to be done."""
        return self.filter(state=ActivityState.OPEN)

    def overdue(self, *, at: datetime, today: datetime) -> Self:
        """Those whose hour has passed, or whose day, if only the day counts; appointments once
        they have ended."""
        return self.open().filter(is_late(at=at, today=today))


def is_late(*, at: datetime, today: datetime) -> Q:
    """The condition behind :meth:`ActivityQuerySet.overdue`."""
    passed = Q(has_time=True) | Q(due_at__lt=today)
    return Q(due_at__lt=at) & passed & (Q(ends_at__isnull=True) | Q(ends_at__lt=at))


def _is_seen(name: str, user: User) -> Exists:
    records = SUBJECTS[name]._default_manager.all()
    seen = records.visible_to(user).order_by()
    return Exists(seen.filter(pk=OuterRef(name)))


class Activity(Labelled):
    """Something to be done. It is due at ``due_at``; ``has_time`` says whether the hour counts or
    only the day, of which it is the first instant then. An appointment lasts from ``starts_at``,
    when it is due, to ``ends_at``.

    ``assignee`` does it; without one it lies in the pot of ``team``. ``recurrence`` is a rule of
    RFC 5545 (``FREQ=MONTHLY;COUNT=6``), empty for none: when it is done, the next one is made,
    which ``follows`` it. A promise names the ``touchpoint`` in which it was made.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=ActivityKind.choices)
    subject = models.CharField(max_length=300)
    note = models.TextField(blank=True, default="")
    state = models.CharField(
        max_length=10, choices=ActivityState.choices, default=ActivityState.OPEN
    )
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    due_at = models.DateTimeField()
    has_time = models.BooleanField(default=False)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True, default="")
    recurrence = models.CharField(max_length=200, blank=True, default="")
    follows = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="successor"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        db_index=False,
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        "contacts.Person",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="activities",
        db_index=False,
    )
    company = models.ForeignKey(
        "contacts.Company",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="activities",
        db_index=False,
    )
    opportunity = models.ForeignKey(
        "history.Opportunity",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="activities",
        db_index=False,
    )
    touchpoint = models.ForeignKey(
        Touchpoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="activity_says_what_to_do"),
            models.CheckConstraint(
                condition=Q(kind__in=ActivityKind.values), name="activity_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ActivityState.OPEN, closed_at__isnull=True)
                | (~Q(state=ActivityState.OPEN) & Q(closed_at__isnull=False)),
                name="activity_is_closed_when_it_is_not_open",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(ends_at__gte=F("starts_at")),
                name="activity_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ActivityKind.APPOINTMENT) | Q(starts_at__isnull=False),
                name="appointment_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["assignee", "due_at"], condition=Q(state="OPEN"), name="activity_my_open"
            ),
            models.Index(
                fields=["team", "due_at"], condition=Q(state="OPEN"), name="activity_team_open"
            ),
            models.Index(fields=["due_at", "id"], condition=Q(state="OPEN"), name="activity_open"),
            models.Index(fields=["assignee", "due_at", "id"], name="activity_due"),
            models.Index(fields=["assignee", "starts_at"], name="activity_calendar"),
            models.Index(fields=["assignee", "-closed_at"], name="activity_my_closed"),
            *(
                models.Index(
                    fields=[subject, "due_at"],
                    condition=Q(**{f"{subject}__isnull": False}),
                    name=f"activity_of_{subject}",
                )
                for subject in ("person", "company", "opportunity")
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == ActivityState.OPEN
