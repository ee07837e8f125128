"""Retention: periods that the house set itself, reasons to keep somebody, and what runs did."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consent.models.event import append_only
from contacts.models import Person
from crm.kernel.ids import uuid7


class PeriodUnit(models.TextChoices):
    DAYS = "days", _("Tage")
    MONTHS = "months", _("Monate")
    YEARS = "years", _("Jahre")


class RetentionPeriod(models.Model):
    """How long the house keeps what a rule of the schedule covers, instead of the usual period."""

    rule = models.CharField(max_length=40, unique=True)
    number = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=6, choices=PeriodUnit.choices)
    from_year_end = models.BooleanField(default=False)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["rule"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="retention_period_is_not_zero"),
            models.CheckConstraint(
                condition=Q(unit__in=PeriodUnit.values), name="retention_unit_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.number} {self.unit}"


class RetentionHold(models.Model):
    """That somebody's data are kept whatever the schedule says: a lawsuit, an open claim."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="retention_holds")
    reason = models.CharField(max_length=500)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="retention_hold_has_a_reason")
        ]

    def __str__(self) -> str:
        return self.reason


class RetentionRun(models.Model):
    """One run of the schedule, real or dry: its protocol. ``figures`` map a rule to how many."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    is_dry = models.BooleanField()
    figures = models.JSONField(default=dict)
    kept = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        triggers = append_only("retention_run")

    def __str__(self) -> str:
        return f"{self.started_at:%d.%m.%Y}"


class ProcessingRecord(models.Model):
    """The record of processing activities (Art. 30 GDPR) as it was on a day."""

    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lines = models.JSONField()

    class Meta:
        ordering = ["-id"]
        triggers = append_only("processing_record")

    def __str__(self) -> str:
        return f"{self.made_at:%d.%m.%Y}"
