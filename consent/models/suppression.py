"""The suppression list (Sperrliste): keyed hashes that outlive the erasure of what they stop."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consent.models.event import LedgerEvent


class SuppressionList(models.TextChoices):
    INTERNAL = "internal", _("eigene Sperrliste")
    ROBINSON = "robinson_ddv", _("Robinsonliste")
    REGULATOR = "regulator", _("Anordnung einer Behörde")


class SuppressionEntry(models.Model):
    """That nobody may advertise to a value. It is opened and closed by events of the ledger.

    ``match_key`` is HMAC-SHA-256 of kind and normalised value with the installation's key
    (:func:`consent.suppression.match_key`): numbers can be guessed, so a plain hash would tell
    them. ``channel`` is a channel's code or ``*``.
    """

    match_key = models.BinaryField(max_length=32)
    channel = models.CharField(max_length=20)
    list = models.CharField(max_length=12, choices=SuppressionList.choices)
    opened = models.OneToOneField(
        LedgerEvent, to_field="public_id", on_delete=models.PROTECT, related_name="suppression"
    )
    closed = models.OneToOneField(
        LedgerEvent,
        to_field="public_id",
        on_delete=models.PROTECT,
        related_name="lifted_suppression",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name_plural = "suppression entries"
        constraints = [
            models.UniqueConstraint(
                fields=["match_key", "channel", "list"],
                condition=Q(closed__isnull=True),
                name="value_is_suppressed_once_a_list",
            )
        ]
        indexes = [models.Index(fields=["match_key"], name="suppression_by_value")]

    def __str__(self) -> str:
        return f"{self.list} {self.channel}"
