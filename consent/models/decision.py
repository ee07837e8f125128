"""Decisions that led, or may lead, to a contact: what was asked, known and answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consent.models.event import append_only
from crm.kernel.ids import uuid7


class ContactDecision(models.Model):
    """One answer of the gate, kept so that it can be replayed.

    ``question`` is what was asked and ``circumstances`` what was known beside the ledger (state
    of the contact point, kind of recipient, references of the person); with the first ``size``
    events of the ledger they give ``answer`` again. ``subject`` and ``point`` are the ledger's
    random references. It may be used until ``expires_at``.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    subject = models.UUIDField()
    point = models.UUIDField(null=True)
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10)
    ground = models.CharField(max_length=30)
    ruleset = models.CharField(max_length=20)
    profile = models.CharField(max_length=20)
    question = models.JSONField()
    circumstances = models.JSONField()
    answer = models.JSONField()
    size = models.BigIntegerField()
    decided_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["ALLOW", "ALLOW_IF", "REVIEW", "DENY"]),
                name="decision_outcome_is_known",
            )
        ]
        indexes = [
            models.Index(fields=["decided_at"], name="decision_by_time"),
            models.Index(fields=["subject"], name="decision_by_subject"),
            models.Index(fields=["point"], name="decision_by_point"),
        ]
        triggers = append_only("decision", delete=False)

    def __str__(self) -> str:
        return f"{self.outcome} {self.channel} {self.purpose}"
