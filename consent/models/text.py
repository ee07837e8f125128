"""Consent texts: what somebody agreed to, word by word, immutable once published."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consent.models.controller import Controller
from crm.kernel.ids import uuid7


class TextStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Entwurf")
    PUBLISHED = "PUBLISHED", _("veröffentlicht")
    RETIRED = "RETIRED", _("zurückgezogen")


class TextForm(models.TextChoices):
    """How the text reaches the person."""

    WEB_FORM = "WEB_FORM", _("Webformular")
    PAPER = "PAPER", _("Papier")
    SPOKEN = "SPOKEN", _("am Telefon gesprochen")
    FAIR = "FAIR", _("Messe")


def immutable_once_published(name: str, what: str) -> pgtrigger.Trigger:
    """A trigger that refuses every change of what was published, but that it is retired."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Condition("OLD.status <> 'DRAFT'"),
        func=f"""
                IF TG_OP = 'UPDATE' AND OLD.status = 'PUBLISHED' AND NEW.status = 'RETIRED'
                   AND (to_jsonb(NEW) - 'status' - 'retired_at')
                     = (to_jsonb(OLD) - 'status' - 'retired_at') THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'pgtrigger: a published {what} cannot change';
                """,
    )


class ConsentText(models.Model):
    """One version of one text in one language.

    ``elements`` are those of :data:`consent.texts.ELEMENTS` that its editor vouches for; a text
    that lacks a mandatory one cannot be published. ``sha256`` is over the canonical form of
    wording, language, controller, channels, purposes, elements and, if it names any, criteria:
    codes of those whose answers it lets be kept. Such a text is for nothing else.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=5, default="de")
    form = models.CharField(max_length=10, choices=TextForm.choices)
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    channels = ArrayField(models.CharField(max_length=20), blank=True)
    purposes = ArrayField(models.CharField(max_length=40))
    criteria = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    elements = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    status = models.CharField(max_length=10, choices=TextStatus.choices, default=TextStatus.DRAFT)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "language", "version"], name="consent_text_version_exists_once"
            ),
            models.UniqueConstraint(
                fields=["code", "language"],
                condition=Q(status="PUBLISHED"),
                name="one_published_version_of_a_consent_text",
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | (~Q(sha256="") & Q(published_at__isnull=False)),
                name="published_consent_text_is_hashed",
            ),
            models.CheckConstraint(
                condition=Q(criteria=[]) | Q(purposes=["profile_attribute"], channels=[]),
                name="consent_text_with_criteria_is_for_nothing_else",
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="consent_text_by_hash")]
        triggers = [immutable_once_published("published_text_is_immutable", "consent text")]

    def __str__(self) -> str:
        return f"{self.title} · {self.version}"
