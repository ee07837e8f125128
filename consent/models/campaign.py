"""Campaigns: whom somebody wants to contact, how and what for, and what the gate said of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consent.models.controller import Controller
from crm.kernel.ids import uuid7


class Campaign(models.Model):
    """A question about many persons.

    ``query`` is a query string of the list of persons; it means what its owner may see.
    ``result`` is what the last check found (:class:`consent.campaigns.Result` as JSON), with the
    ledger as it was after ``size`` events.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True, default="")
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="campaigns"
    )
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    size = models.BigIntegerField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="campaign_has_a_name"),
            models.CheckConstraint(
                condition=Q(checked_at=None, size=None, result=None)
                | Q(checked_at__isnull=False, size__isnull=False, result__isnull=False),
                name="campaign_is_checked_wholly",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignExport(models.Model):
    """One file that left: the uses in the ledger name its ``public_id``."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="exports")
    exported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    exported_at = models.DateTimeField()
    format = models.CharField(max_length=10)
    rows = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-exported_at", "-id"]

    def __str__(self) -> str:
        return f"{self.campaign} {self.exported_at:%Y-%m-%d}"
