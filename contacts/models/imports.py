"""Imports: one run per file, one row per line of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.company import Company
from contacts.models.person import Person
from contacts.models.source import Source
from crm.accounts.models import Team
from crm.kernel.ids import uuid7


class ImportState(models.TextChoices):
    UPLOADED = "UPLOADED", _("hochgeladen")
    QUEUED = "QUEUED", _("wartet")
    RUNNING = "RUNNING", _("läuft")
    CANCELLING = "CANCELLING", _("wird angehalten")
    CANCELLED = "CANCELLED", _("angehalten")
    DONE = "DONE", _("fertig")
    FAILED = "FAILED", _("abgebrochen")
    REVERTING = "REVERTING", _("wird zurückgenommen")
    REVERTED = "REVERTED", _("zurückgenommen")


class ImportOutcome(models.TextChoices):
    CREATED = "CREATED", _("neu angelegt")
    UPDATED = "UPDATED", _("ergänzt")
    UNCHANGED = "UNCHANGED", _("unverändert")
    REJECTED = "REJECTED", _("zurückgewiesen")


BUSY_STATES = [ImportState.QUEUED, ImportState.RUNNING, ImportState.CANCELLING]


class ImportRun(models.Model):
    """One file on its way into the stock.

    ``settings`` holds encoding, delimiter, sheet, header row, preset, mapping, defaults and value
    translations as JSON; ``position`` is the number of the last row that is safely written, so
    that an interrupted run goes on behind it.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="imports")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file = models.FileField(upload_to="imports/%Y/%m/", max_length=300)
    file_name = models.CharField(max_length=255)
    file_size = models.BigIntegerField()
    file_hash = models.CharField(max_length=64)
    settings = models.JSONField(default=dict, blank=True)
    update_existing = models.BooleanField(default=False)
    dry_run = models.BooleanField(default=False)
    state = models.CharField(
        max_length=12, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    failure = models.TextField(blank=True, default="")
    rows_total = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    marked_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["file_hash", "source"],
                condition=Q(state__in=BUSY_STATES),
                name="a_file_is_imported_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="import_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.source})"


class ImportRow(models.Model):
    """What became of one row.

    ``raw`` keeps the cells of rejected rows, so that they can be mended and imported again;
    ``journal`` holds what the run created and overwrote for this row, so that it can be reverted;
    ``suspect_ids`` are persons that look like this one and wait for the duplicate check.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=ImportOutcome.choices)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_rows"
    )
    company = models.ForeignKey(
        Company, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_rows"
    )
    fingerprint = models.CharField(max_length=64, blank=True, default="", db_collation="C")
    column = models.CharField(max_length=200, blank=True, default="")
    reason_code = models.CharField(max_length=60, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    suspect_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    raw = models.JSONField(null=True, blank=True)
    journal = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_row_is_written_once")
        ]
        indexes = [
            models.Index(
                fields=["fingerprint"],
                condition=~Q(fingerprint=""),
                name="import_row_by_fingerprint",
            ),
            models.Index(fields=["run", "outcome", "number"], name="import_row_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.number}: {self.outcome}"
