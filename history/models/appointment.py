"""Appointments (Termine): what kinds there are, who works when, and what was booked."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    BigIntegerRangeField,
    DateTimeRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from consent.models import ContactDecision, NoticeVersion
from contacts.models import ContactPoint, Person
from crm.accounts.models import Team, User, Visibility
from crm.accounts.policy import Permission
from crm.kernel.ids import uuid7
from history.models.activity import Activity
from history.models.touchpoint import Touchpoint


class FederalState(models.TextChoices):
    """Whose holidays count; the codes are those of ISO 3166-2:DE."""

    BW = "BW", _("Baden-Württemberg")
    BY = "BY", _("Bayern")
    BE = "BE", _("Berlin")
    BB = "BB", _("Brandenburg")
    HB = "HB", _("Bremen")
    HH = "HH", _("Hamburg")
    HE = "HE", _("Hessen")
    MV = "MV", _("Mecklenburg-Vorpommern")
    NI = "NI", _("Niedersachsen")
    NW = "NW", _("Nordrhein-Westfalen")
    RP = "RP", _("Rheinland-Pfalz")
    SL = "SL", _("Saarland")
    SN = "SN", _("Sachsen")
    ST = "ST", _("Sachsen-Anhalt")
    SH = "SH", _("Schleswig-Holstein")
    TH = "TH", _("Thüringen")


class AppointmentPlace(models.TextChoices):
    """Where it takes place."""

    PHONE = "PHONE", _("am Telefon")
    VISIT = "VISIT", _("beim Kunden")
    HOUSE = "HOUSE", _("bei uns")
    VIDEO = "VIDEO", _("per Video")


class AppointmentKind(models.Model):
    """What can be agreed. The employee is not free for ``pause_minutes`` after it; ``team`` keeps
    it (None: everybody who can be booked)."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=100, unique=True)
    length_minutes = models.PositiveSmallIntegerField()
    pause_minutes = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=5, choices=AppointmentPlace.choices)
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="appointment_kind_has_a_name"),
            models.CheckConstraint(
                condition=Q(length_minutes__gte=5, length_minutes__lte=600),
                name="appointment_kind_lasts_five_minutes_to_ten_hours",
            ),
            models.CheckConstraint(
                condition=Q(pause_minutes__lte=600),
                name="appointment_kind_pauses_ten_hours_at_most",
            ),
            models.CheckConstraint(
                condition=Q(place__in=AppointmentPlace.values),
                name="appointment_kind_place_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkingWeek(models.Model):
    """When a user works, where that differs from the usual week.

    ``federal_state`` decides on holidays; empty: only those of the whole country.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="working_week"
    )
    federal_state = models.CharField(
        max_length=2, choices=FederalState.choices, blank=True, default=""
    )
    is_bookable = models.BooleanField(default=True)

    class Meta:
        ordering = ["user"]
        constraints = [
            models.CheckConstraint(
                condition=Q(federal_state__in=["", *FederalState.values]),
                name="working_week_state_is_known",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


class WorkingTime(models.Model):
    """From when to when a user works on a day of the week (Monday is 0), on the local clock."""

    week = models.ForeignKey(
        WorkingWeek, on_delete=models.CASCADE, related_name="times", db_index=False
    )
    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["weekday", "begins"]
        constraints = [
            models.UniqueConstraint(
                fields=["week", "weekday", "begins"], name="working_time_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=6), name="working_time_is_on_a_day_of_the_week"
            ),
            models.CheckConstraint(
                condition=Q(begins__lt=F("ends")), name="working_time_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins:%H:%M}–{self.ends:%H:%M}"


class Absence(models.Model):
    """Days on which a user is not there, from the first to the last. Why is nobody's business."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences", db_index=False
    )
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        ordering = ["first_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_on__lte=F("last_on")), name="absence_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["user", "last_on"], name="absence_of_a_user")]

    def __str__(self) -> str:
        return f"{self.first_on:%d.%m.%Y}–{self.last_on:%d.%m.%Y}"


class AppointmentState(models.TextChoices):
    BOOKED = "BOOKED", _("vereinbart")
    CANCELLED = "CANCELLED", _("abgesagt")


class AppointmentChannel(models.TextChoices):
    """On what way a person is told of an appointment."""

    EMAIL = "EMAIL", _("E‑Mail")
    SMS = "SMS", _("SMS")
    LETTER = "LETTER", _("Brief")
    NONE = "NONE", _("gar nicht")


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments, chainable."""

    def visible_to(self, user: User) -> Self:
        """Own ones, those that the user booked, those with a person that the user sees, or all."""
        access = user.access
        if Permission.HISTORY_VIEW not in access.permissions:
            return self.none()
        if access.visibility == Visibility.ALL:
            return self
        persons = Person.objects.visible_to(user).order_by()
        seen = Exists(persons.filter(pk=OuterRef("person")))
        return self.filter(Q(employee=user) | Q(booked_by=user) | seen)

    def with_all(self) -> Self:
        """With everything that a page of one shows."""
        related = ("kind", "person", "employee", "contact_point", "activity")
        return self.select_related(*related).defer("person__search")


class Appointment(models.Model):
    """What a person agreed with an employee. Until ``blocked_until`` the employee is not free.

    ``activity`` is its entry in the employee's calendar. ``sequence`` counts the changes for
    calendar programs (RFC 5545). ``contact_point`` is where the person is told, by ``channel``.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.ForeignKey(AppointmentKind, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(
        "contacts.Person", on_delete=models.CASCADE, related_name="appointments", db_index=False
    )
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="appointments",
        db_index=False,
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    blocked_until = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True, default="")
    note = models.TextField(blank=True, default="")
    state = models.CharField(
        max_length=9, choices=AppointmentState.choices, default=AppointmentState.BOOKED
    )
    channel = models.CharField(max_length=6, choices=AppointmentChannel.choices)
    contact_point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    activity = models.OneToOneField(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="appointment"
    )
    touchpoint = models.ForeignKey(
        Touchpoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="appointments"
    )
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            ExclusionConstraint(
                name="appointment_is_alone_with_its_employee",
                expressions=[
                    (
                        Func(
                            F("employee"), F("employee"), Value("[]"),
                            function="int8range", output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Func(
                            F("starts_at"), F("blocked_until"),
                            function="tstzrange", output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state="BOOKED"),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at"), ends_at__lte=F("blocked_until")),
                name="appointment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state="BOOKED", cancelled_at__isnull=True)
                | Q(state="CANCELLED", cancelled_at__isnull=False),
                name="appointment_is_booked_or_was_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(channel="NONE", contact_point__isnull=True)
                | (Q(channel__in=["EMAIL", "SMS", "LETTER"]) & Q(contact_point__isnull=False)),
                name="appointment_is_told_over_a_contact_point",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["employee", "starts_at"], name="appointment_of_an_employee"),
            models.Index(fields=["person", "-starts_at"], name="appointment_of_a_person"),
            models.Index(
                fields=["starts_at"],
                condition=Q(state="BOOKED", reminded_at__isnull=True),
                name="appointment_to_remind_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%d.%m.%Y}"

    @property
    def is_booked(self) -> bool:
        """Whether it stands."""
        return self.state == AppointmentState.BOOKED


class MessageOccasion(models.TextChoices):
    """Why somebody is told of an appointment."""

    CONFIRMATION = "CONFIRMATION", _("Bestätigung")
    MOVE = "MOVE", _("Verschiebung")
    CANCELLATION = "CANCELLATION", _("Absage")
    REMINDER = "REMINDER", _("Erinnerung")


class MessageState(models.TextChoices):
    """``REFUSED`` by the gate, for good; ``FAILED``: it is tried again."""

    WAITING = "WAITING", _("wartet")
    SENT = "SENT", _("gesendet")
    REFUSED = "REFUSED", _("nicht erlaubt")
    FAILED = "FAILED", _("nicht zugestellt")


class AppointmentMessage(models.Model):
    """What a person was to be told of an appointment, and what became of it.

    ``notice`` goes with it in full, in ``notice_language``; ``notice_new`` are its items that the
    person was not told before. A letter lies ready when it is ``SENT``; ``posted_at`` is when it
    went to the post.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="messages")
    occasion = models.CharField(max_length=12, choices=MessageOccasion.choices)
    channel = models.CharField(max_length=6, choices=AppointmentChannel.choices)
    contact_point = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=7, choices=MessageState.choices, default=MessageState.WAITING
    )
    problem = models.CharField(max_length=500, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=300, blank=True, default="")
    notice = models.ForeignKey(
        NoticeVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    notice_language = models.CharField(max_length=5, blank=True, default="")
    notice_new = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    decision = models.ForeignKey(
        ContactDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    touchpoint = models.ForeignKey(
        Touchpoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(occasion__in=MessageOccasion.values),
                name="appointment_message_occasion_is_known",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["EMAIL", "SMS", "LETTER"]),
                name="appointment_message_has_a_channel",
            ),
            models.CheckConstraint(
                condition=Q(state="SENT", sent_at__isnull=False)
                | (~Q(state="SENT") & Q(sent_at__isnull=True)),
                name="appointment_message_is_sent_at_some_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=["WAITING", "FAILED"]),
                name="appointment_message_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()} {self.get_channel_display()}"
