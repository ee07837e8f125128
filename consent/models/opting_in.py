"""Double opt-in: what a form asked for, and the confirmations that it waits for."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consent.models.controller import Controller
from consent.models.event import LedgerEvent
from consent.models.text import ConsentText
from contacts.models import ContactPoint, Person
from crm.kernel.ids import uuid7


class ConfirmationKind(models.TextChoices):
    """How the contact point confirms; the values are those of the ledger (``details.how``)."""

    EMAIL_LINK = "email_link", _("Verweis in einer E-Mail")
    SMS_CODE = "sms_code", _("Code per SMS")


class OptInRequest(models.Model):
    """One form that was sent off. ``text`` is the version that was shown then.

    ``address`` is the IP address and ``agent`` the user agent of who sent it, ``form`` where it
    stood.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="opt_in_requests")
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    purposes = ArrayField(models.CharField(max_length=40))
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.CharField(max_length=45, blank=True, default="")
    agent = models.CharField(max_length=300, blank=True, default="")
    form = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["requested_at"], name="opt_in_by_time")]

    def __str__(self) -> str:
        return f"{self.person} · {self.text}"


class OptInConfirmation(models.Model):
    """What one contact point has to confirm, by the secret that was sent to it.

    ``ref`` is its name in addresses. ``secret`` is the SHA-256 of a 128-bit token, or a keyed
    hash of six digits: neither can be read here. ``consent`` is the pending first event, which
    the confirmation completes. ``message_id`` and ``body_sha256`` are those of what was sent.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    request = models.ForeignKey(
        OptInRequest, on_delete=models.CASCADE, related_name="confirmations"
    )
    point = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, related_name="+")
    channels = ArrayField(models.CharField(max_length=20))
    kind = models.CharField(max_length=10, choices=ConfirmationKind.choices)
    consent = models.OneToOneField(
        LedgerEvent, to_field="public_id", on_delete=models.PROTECT, related_name="+"
    )
    secret = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField()
    wrong_attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=300, blank=True, default="")
    body_sha256 = models.CharField(max_length=64, blank=True, default="")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_address = models.CharField(max_length=45, blank=True, default="")
    confirmed_agent = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "point"], name="opt_in_asks_a_contact_point_once"
            ),
            models.UniqueConstraint(
                fields=["secret"],
                condition=Q(kind="email_link"),
                name="opt_in_token_belongs_to_one_confirmation",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("sent_at")),
                name="opt_in_is_confirmed_after_it_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(wrong_attempts__lte=5), name="opt_in_allows_five_attempts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
