"""Notices under Art. 13 and 14 GDPR: what is configured, what was published, who was told what."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from consent.models.controller import Controller
from consent.models.event import append_only
from consent.models.text import immutable_once_published
from crm.kernel.ids import uuid7


class NoticeStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Entwurf")
    PUBLISHED = "PUBLISHED", _("veröffentlicht")
    RETIRED = "RETIRED", _("abgelöst")


class ProvisionStatus(models.TextChoices):
    """What became of telling somebody. Only the first three prove that the person knows."""

    READ_ALOUD = "read_aloud", _("vorgelesen")
    HANDED_OVER = "handed_over", _("übergeben")
    DELIVERED = "delivered", _("zugestellt")
    QUEUED = "queued", _("vorgemerkt")
    SENT = "sent", _("gesendet")
    PUBLISHED = "published", _("nur veröffentlicht")
    BOUNCED = "bounced", _("nicht zugestellt")
    REFUSED = "refused", _("abgelehnt")
    SKIPPED = "skipped", _("nicht vorgelesen")
    DEFERRED = "deferred", _("auf den Termin verschoben")


class ProvisionMedium(models.TextChoices):
    """How somebody was told."""

    PHONE = "phone", _("am Telefon")
    EMAIL = "email", _("per E‑Mail")
    SMS = "sms", _("per SMS mit Verweis")
    LETTER = "letter", _("per Brief")
    PAPER = "paper", _("auf Papier übergeben")
    MESSAGE = "message", _("in der Nachricht selbst")
    WEBSITE = "website", _("auf der Website")


class SkipReason(models.TextChoices):
    """Why a script was not read out."""

    NONE = "", _("keine Angabe")
    EMERGENCY = "emergency", _("Notfall")
    HUNG_UP = "hung_up", _("hat aufgelegt")
    DECLINED = "declined", _("wollte es nicht hören")
    LATER = "later", _("folgt beim Termin")
    OTHER = "other", _("anderer Grund")


class NoticeRecipient(models.Model):
    """Who gets data of the controller, and for which purposes.

    ``integration`` ties it to something that is set up in this installation (``mail``, ``sms``):
    no notice can be published while one of these has nobody who stands for it.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=20)
    country = models.CharField(max_length=2, default="DE")
    safeguard = models.CharField(max_length=20, blank=True, default="")
    copy_at = models.CharField(max_length=300, blank=True, default="")
    purposes = ArrayField(models.CharField(max_length=20))
    integration = models.CharField(max_length=20, blank=True, default="")
    is_surprising = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                "controller",
                Lower("name"),
                condition=Q(is_active=True),
                name="notice_recipient_is_named_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="notice_recipient_has_a_name"),
            models.CheckConstraint(
                condition=Q(country__regex="^[A-Z]{2}$"), name="notice_recipient_has_a_country"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NoticePurpose(models.Model):
    """How one purpose is processed: the facts from which its notice is generated.

    ``periods`` are triples of kind, months and start; ``logic`` and ``consequences`` of automated
    decisions are texts by language.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    legal_bases = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    interests = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    data = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    periods = models.JSONField(default=list, blank=True)
    obligation = models.CharField(max_length=20, blank=True, default="")
    is_automated = models.BooleanField(default=False)
    logic = models.JSONField(default=dict, blank=True)
    consequences = models.JSONField(default=dict, blank=True)
    sources = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    class Meta:
        ordering = ["controller", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["controller", "code"], name="notice_purpose_is_described_once"
            )
        ]

    def __str__(self) -> str:
        return self.code


class NoticeVersion(models.Model):
    """One version of the notice of a purpose, in all languages; immutable once published.

    ``conditions`` are what of the configuration decides which items must apply; ``sha256`` is
    over everything it says.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20)
    article = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    status = models.CharField(
        max_length=10, choices=NoticeStatus.choices, default=NoticeStatus.DRAFT
    )
    conditions = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["controller", "purpose", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["controller", "purpose", "number"], name="notice_version_exists_once"
            ),
            models.UniqueConstraint(
                fields=["controller", "purpose"],
                condition=Q(status="PUBLISHED"),
                name="one_published_version_of_a_notice",
            ),
            models.UniqueConstraint(
                fields=["controller", "purpose"],
                condition=Q(status="DRAFT"),
                name="one_draft_of_a_notice",
            ),
            models.CheckConstraint(condition=Q(article__in=[13, 14]), name="notice_is_13_or_14"),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | (~Q(sha256="") & Q(published_at__isnull=False)),
                name="published_notice_is_hashed",
            ),
        ]
        triggers = [immutable_once_published("published_notice_is_immutable", "notice")]

    def __str__(self) -> str:
        return f"{self.purpose} · {self.number}"


class NoticeItem(models.Model):
    """One item of a version: facts, and words for them by language, in full and to be spoken.

    Without ``facts`` it does not apply and ``reason`` is why, or something is lacking: ``gap``.
    """

    version = models.ForeignKey(NoticeVersion, on_delete=models.CASCADE, related_name="items")
    item = models.CharField(max_length=6)
    facts = models.JSONField(null=True, blank=True)
    material_hash = models.CharField(max_length=64, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")
    gap = models.CharField(max_length=30, blank=True, default="")
    is_surprising = models.BooleanField(default=False)
    texts = models.JSONField(default=dict)
    spoken = models.JSONField(default=dict)

    class Meta:
        ordering = ["version", "item"]
        constraints = [
            models.UniqueConstraint(fields=["version", "item"], name="notice_item_stands_once")
        ]
        triggers = [
            pgtrigger.Trigger(
                name="items_of_a_published_notice_are_immutable",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF EXISTS (
                    SELECT FROM consent_noticeversion version
                    WHERE version.status <> 'DRAFT' AND version.id = CASE
                        WHEN TG_OP = 'INSERT' THEN NEW.version_id ELSE OLD.version_id END
                ) THEN
                    RAISE EXCEPTION 'pgtrigger: a published notice cannot change';
                END IF;
                IF TG_OP = 'DELETE' THEN
                    RETURN OLD;
                END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.item

    @property
    def is_applicable(self) -> bool:
        """Whether there is something to tell."""
        return self.facts is not None


class NoticeProvision(models.Model):
    """That somebody was told items of a version, or that it was tried; never changed, erasable.

    ``subject`` is the ledger's random reference of the person, ``items`` the material hash of
    each item told; ``is_whole`` if it was the full notice. ``reference`` is that of the message,
    ``event`` the event of the ledger that tells of it.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    subject = models.UUIDField()
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(NoticeVersion, on_delete=models.PROTECT, related_name="+")
    items = models.JSONField()
    is_whole = models.BooleanField()
    medium = models.CharField(max_length=10, choices=ProvisionMedium.choices)
    status = models.CharField(max_length=12, choices=ProvisionStatus.choices)
    language = models.CharField(max_length=5, blank=True, default="")
    reason = models.CharField(max_length=12, choices=SkipReason.choices, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    reference = models.CharField(max_length=300, blank=True, default="")
    due_on = models.DateField(null=True, blank=True)
    event = models.UUIDField()
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ProvisionStatus.values),
                name="provision_status_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="skipped") | ~Q(reason=""),
                name="skipped_script_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(reason="other") | ~Q(note=""), name="other_reason_is_told"
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "given_at"], name="provision_by_subject"),
            models.Index(
                fields=["given_at"],
                condition=Q(status__in=["skipped", "deferred"]),
                name="provision_left_open",
            ),
            models.Index(
                fields=["reference"], condition=~Q(reference=""), name="provision_by_reference"
            ),
        ]
        triggers = append_only("provision", delete=False)

    def __str__(self) -> str:
        return f"{self.status} {self.medium} {self.given_at:%Y-%m-%d}"
