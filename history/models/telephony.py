"""Telephony (Telefonie): systems that send call events, who sits where, calls as they went."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consent.models.event import append_only
from contacts.models import ContactPoint
from crm.kernel.ids import uuid7
from history.channels import Direction
from history.models.touchpoint import Touchpoint


class TelephoneFormat(models.TextChoices):
    """In what form a system sends its events."""

    SIPGATE = "SIPGATE", _("sipgate")
    GENERIC = "GENERIC", _("allgemein (JSON)")


class TelephoneSystem(models.Model):
    """A telephone system. Of its shared secret only the SHA-256 digest is kept."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=100, unique=True)
    format = models.CharField(max_length=8, choices=TelephoneFormat.choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="telephone_system_has_a_name"),
            models.CheckConstraint(
                condition=Q(format__in=TelephoneFormat.values),
                name="telephone_system_format_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Extension(models.Model):
    """That a user is called under a number, or under the id that the system knows them by.

    ``number`` is E.164 or a short internal one. ``opens_at_once``: a caller who is certain is
    opened without a card.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    system = models.ForeignKey(
        TelephoneSystem, on_delete=models.CASCADE, related_name="extensions", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="extensions"
    )
    number = models.CharField(max_length=40, db_collation="C", blank=True, default="")
    provider_id = models.CharField(max_length=100, db_collation="C", blank=True, default="")
    opens_at_once = models.BooleanField(default=False)

    class Meta:
        ordering = ["system", "number", "provider_id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(number="") | ~Q(provider_id=""), name="extension_is_known_by_something"
            ),
            models.UniqueConstraint(
                fields=["system", "number"],
                condition=~Q(number=""),
                name="extension_number_is_of_one_user",
            ),
            models.UniqueConstraint(
                fields=["system", "provider_id"],
                condition=~Q(provider_id=""),
                name="extension_id_is_of_one_user",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.provider_id


class CallState(models.TextChoices):
    RINGING = "RINGING", _("klingelt")
    ANSWERED = "ANSWERED", _("im Gespräch")
    ENDED = "ENDED", _("beendet")


class Call(models.Model):
    """A call as its events tell it, in whatever order they came.

    ``caller`` and ``called`` are E.164, empty where the number is suppressed or internal;
    ``other_side`` is the partner's number as it came. ``rung`` are the ids of the users whose
    telephone rang, ``agent`` is who spoke. ``touchpoint`` is written once, when it is over.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    system = models.ForeignKey(
        TelephoneSystem, on_delete=models.PROTECT, related_name="calls", db_index=False
    )
    call_id = models.CharField(max_length=200, db_collation="C")
    direction = models.CharField(max_length=3, choices=Direction.choices, blank=True, default="")
    caller = models.CharField(max_length=40, db_collation="C", blank=True, default="")
    called = models.CharField(max_length=40, db_collation="C", blank=True, default="")
    other_side = models.CharField(max_length=100, blank=True, default="")
    contact_point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="calls"
    )
    rung = ArrayField(models.BigIntegerField(), default=list)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ringing_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=CallState.choices, default=CallState.RINGING)
    is_voicemail = models.BooleanField(default=False)
    cause = models.CharField(max_length=60, blank=True, default="")
    changed_at = models.DateTimeField()
    touchpoint = models.OneToOneField(
        Touchpoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="call"
    )
    is_written = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["system", "call_id"], name="call_comes_once"),
            models.CheckConstraint(
                condition=Q(state__in=CallState.values), name="call_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | Q(ended_at__isnull=True)
                | Q(ended_at__gte=F("answered_at")),
                name="call_ends_after_it_is_answered",
            ),
            models.CheckConstraint(
                condition=Q(touchpoint__isnull=True) | Q(is_written=True),
                name="call_with_a_touchpoint_is_written",
            ),
        ]
        indexes = [
            models.Index(
                fields=["changed_at"], condition=Q(is_written=False), name="call_not_yet_written"
            ),
            models.Index(fields=["agent", "-id"], name="call_by_agent"),
            GinIndex(fields=["rung"], name="call_by_whom_it_rang_for"),
        ]

    def __str__(self) -> str:
        return self.call_id

    @property
    def partner(self) -> str:
        """The number of the other side in E.164; empty if it is not known."""
        return self.called if self.direction == Direction.OUTBOUND else self.caller


class CallEventKind(models.TextChoices):
    RINGING = "RINGING", _("klingelt")
    ANSWERED = "ANSWERED", _("angenommen")
    ENDED = "ENDED", _("aufgelegt")


class CallEvent(models.Model):
    """One event of a call: ``payload`` as it came, ``reading`` as it was understood.

    Of each kind the first counts; the same once more is left out.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="events", db_index=False)
    kind = models.CharField(max_length=8, choices=CallEventKind.choices)
    payload = models.JSONField()
    reading = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "kind"], name="call_event_comes_once"),
            models.CheckConstraint(
                condition=Q(kind__in=CallEventKind.values), name="call_event_kind_is_known"
            ),
        ]
        triggers = append_only("call_event", delete=False)

    def __str__(self) -> str:
        return f"{self.call_id} {self.kind}"
