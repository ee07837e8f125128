"""Trade fairs (Messen): the event, who captures there with what, and the leads that came of it."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from consent.models import ConsentText, Controller, LedgerEvent, OptInRequest
from contacts.models import Company, Person, Source
from crm.accounts.models import User, Visibility
from crm.accounts.policy import Permission
from crm.kernel.ids import uuid7
from history.models.activity import Activity
from history.models.attachment import StoredFile
from history.models.opportunity import Opportunity
from history.models.touchpoint import Touchpoint


class LeadGrade(models.TextChoices):
    """How soon somebody wants to hear from us."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"


class EventQuerySet(models.QuerySet["Event"]):
    """Events, chainable."""

    def visible_to(self, user: User) -> Self:
        """Those on whose team the user is; all for who manages them or sees everything."""
        access = user.access
        if Permission.HISTORY_VIEW not in access.permissions:
            return self.none()
        sees_all = access.visibility == Visibility.ALL
        if sees_all or Permission.EVENTS_MANAGE in access.permissions:
            return self
        return self.filter(
            Exists(Event.team.through.objects.filter(event=OuterRef("pk"), user=user))
        )


class Event(models.Model):
    """A trade fair with our stand on it.

    ``form`` holds the questions with their chips and ``follow_up`` the rules per grade, both as
    :mod:`history.fairs.forms` reads them. What is captured gets ``source``; ``badge_licence`` says
    what the organiser allows with data from badges. On ``delete_on`` leads that came to nothing
    are deleted. After ``closed_at`` leads still arrive, marked as late.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=200, unique=True)
    stand = models.CharField(max_length=100, blank=True, default="")
    place = models.CharField(max_length=200, blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField()
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="event")
    team = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="events", blank=True)
    texts = models.ManyToManyField(ConsentText, related_name="events", blank=True)
    form = models.JSONField(default=list, blank=True)
    follow_up = models.JSONField(default=dict, blank=True)
    target_leads = models.PositiveIntegerField(null=True, blank=True)
    badge_licence = models.CharField(max_length=500, blank=True, default="")
    delete_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="event_has_a_name"),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="event_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(delete_on__gt=F("ends_on")), name="event_deletes_after_it_ended"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CaptureDevice(models.Model):
    """A device on which one user captures leads of one event.

    ``digest`` is the SHA-256 of the secret that the device sends; from the device's number its key
    for the links of visitors is derived. Neither can be read here.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="devices")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="capture_devices"
    )
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class LeadState(models.TextChoices):
    """``ANNOUNCED``: the visitor was quicker than the device; the slip is still to come."""

    ANNOUNCED = "ANNOUNCED", _("angekündigt")
    NEW = "NEW", _("neu")
    TAKEN_OVER = "TAKEN_OVER", _("übernommen")
    DROPPED = "DROPPED", _("ohne Ergebnis")


OPEN_LEADS = (LeadState.NEW, LeadState.ANNOUNCED)
"""States of leads about which nobody has decided."""


class LeadCaptureQuerySet(models.QuerySet["LeadCapture"]):
    """Leads, chainable."""

    def visible_to(self, user: User) -> Self:
        """Those of the events that the user sees."""
        return self.filter(event__in=Event.objects.visible_to(user).order_by())

    def with_all(self) -> Self:
        """With everything that a list of them shows."""
        related = ("event", "captured_by", "person", "company", "opportunity", "activity")
        return self.select_related(*related).defer("person__search", "company__search")


class LeadCapture(models.Model):
    """A slip (Leadzettel): what somebody at the stand wrote down about one visitor.

    ``client_id`` was made on the device, so that the same slip exists once however often it is
    sent. ``captured_at`` is corrected by how wrong the clock of the device was, ``device_at`` is
    what it said. ``answers`` are the chips by question (``{"volume": ["150-300"]}``), ``origins``
    where a field's value came from (``typed``, ``qr``, ``card``, ``spoken``). ``promised_at`` is by
    when somebody gets in touch, as the slip says, wherever the follow-up was moved since. Person,
    company, opportunity and the rest are what became of it; ``dropped_because`` is why nothing did.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_id = models.UUIDField(unique=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="leads", db_index=False)
    device = models.ForeignKey(
        CaptureDevice, on_delete=models.SET_NULL, null=True, blank=True, related_name="leads"
    )
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leads"
    )
    captured_at = models.DateTimeField()
    device_at = models.DateTimeField()
    received_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=LeadState.choices, default=LeadState.NEW)
    version = models.PositiveIntegerField(default=1)

    name = models.CharField(max_length=200, blank=True, default="")
    company_name = models.CharField(max_length=200, blank=True, default="")
    function = models.CharField(max_length=200, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=50, blank=True, default="")
    mobile = models.CharField(max_length=50, blank=True, default="")
    need = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")
    answers = models.JSONField(default=dict, blank=True)
    origins = models.JSONField(default=dict, blank=True)
    grade = models.CharField(max_length=1, choices=LeadGrade.choices, blank=True, default="")
    next_step = models.CharField(max_length=200, blank=True, default="")
    next_step_on = models.DateField(null=True, blank=True)
    problems = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    promised_at = models.DateTimeField(null=True, blank=True)

    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="leads"
    )
    company = models.ForeignKey(
        Company, on_delete=models.SET_NULL, null=True, blank=True, related_name="leads"
    )
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.SET_NULL, null=True, blank=True, related_name="leads"
    )
    touchpoint = models.ForeignKey(
        Touchpoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="leads"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="leads"
    )
    opt_in_request = models.ForeignKey(
        OptInRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="leads"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_because = models.CharField(max_length=200, blank=True, default="")

    objects = LeadCaptureQuerySet.as_manager()

    class Meta:
        ordering = ["-captured_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=LeadState.values), name="lead_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(grade__in=["", *LeadGrade.values]), name="lead_grade_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ANNOUNCED", "NEW"], finished_at__isnull=True)
                | Q(state__in=["TAKEN_OVER", "DROPPED"], finished_at__isnull=False),
                name="lead_is_open_or_was_finished",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "-captured_at"], name="lead_of_an_event"),
        ]

    def __str__(self) -> str:
        return self.name or self.company_name or str(self.public_id)


class LeadFileKind(models.TextChoices):
    CARD = "CARD", _("Visitenkarte")
    MEMO = "MEMO", _("Sprachnotiz")
    PHOTO = "PHOTO", _("Foto")


class LeadFile(models.Model):
    """A file of a slip: announced with hash and size, sent in pieces, kept once it is whole.

    The pieces that came so far lie in ``partial``, ``received`` bytes of it count."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    lead = models.ForeignKey(LeadCapture, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=5, choices=LeadFileKind.choices)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    partial = models.FileField(upload_to="uploads/", blank=True, default="")
    stored = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recognised = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["lead", "sha256"], name="lead_file_is_there_once"),
            models.CheckConstraint(
                condition=Q(received__lte=F("size")), name="lead_file_is_no_longer_than_announced"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OptInAnswer(models.TextChoices):
    """What the visitor said when asked, if asked."""

    YES = "YES", _("Ja")
    NO = "NO", _("Nein")
    NOT_ASKED = "NOT_ASKED", _("nicht gefragt")


class LeadOptIn(models.Model):
    """What a visitor said to one channel of one text. ``recorded`` is the event of the ledger that
    it led to, None as long as there is no contact point to record it for."""

    lead = models.ForeignKey(LeadCapture, on_delete=models.CASCADE, related_name="opt_ins")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    answer = models.CharField(
        max_length=9, choices=OptInAnswer.choices, default=OptInAnswer.NOT_ASKED
    )
    recorded = models.ForeignKey(
        LedgerEvent,
        to_field="public_id",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "text", "channel"], name="lead_is_asked_once_per_channel"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=OptInAnswer.values), name="lead_opt_in_answer_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.answer}"
