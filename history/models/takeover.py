"""Take-overs (Übernahmen) of commercial data: files of the ERP, what became of their rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models import Source
from crm.kernel.ids import uuid7


class TakeoverKind(models.TextChoices):
    """What the rows of a file are."""

    ORDERS = "ORDERS", _("Aufträge")
    LINES = "LINES", _("Auftragszeilen")
    INVOICES = "INVOICES", _("Rechnungen")
    CLASSES = "CLASSES", _("Einstufungen")


class TakeoverState(models.TextChoices):
    """Where a take-over stands."""

    UPLOADED = "UPLOADED", _("hochgeladen")
    QUEUED = "QUEUED", _("wartet")
    RUNNING = "RUNNING", _("läuft")
    DONE = "DONE", _("fertig")
    FAILED = "FAILED", _("abgebrochen")


class Takeover(models.Model):
    """One file, or one request of a program (without ``file``). ``columns`` maps the columns of
    ``header`` to the fields of :mod:`history.commerce.fields`; ``reading`` is how it is read.
    ``waiting`` rows name a customer or an order that is not known yet; ``released`` rows waited
    since an earlier take-over and could be taken over after this one."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=TakeoverKind.choices)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=TakeoverState.choices, default=TakeoverState.UPLOADED
    )
    is_dry_run = models.BooleanField(default=False)
    file = models.FileField(upload_to="takeovers/%Y/%m/", max_length=300, blank=True)
    file_name = models.CharField(max_length=255)
    reading = models.JSONField(default=dict, blank=True)
    header = models.JSONField(default=list, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    failure = models.TextField(blank=True, default="")
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    released = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=TakeoverKind.values), name="takeover_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=TakeoverState.values), name="takeover_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_busy(self) -> bool:
        """Whether it waits for its turn or is under way."""
        return self.state in (TakeoverState.QUEUED, TakeoverState.RUNNING)


class RefusedRow(models.Model):
    """A row that was not taken over, with all its cells, and why."""

    takeover = models.ForeignKey(Takeover, on_delete=models.CASCADE, related_name="refused_rows")
    number = models.PositiveIntegerField()
    column = models.CharField(max_length=200, blank=True, default="")
    reason = models.TextField()
    cells = models.JSONField(default=list)

    class Meta:
        ordering = ["takeover", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["takeover", "number"], name="takeover_row_is_refused_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.takeover} {self.number}: {self.reason}"


class Awaited(models.TextChoices):
    """What a row waits for."""

    CUSTOMER = "CUSTOMER", _("Kunde")
    ORDER = "ORDER", _("Auftrag")


class WaitingRow(models.Model):
    """A readable row about a customer or an order that is not known yet. ``key`` identifies it
    among those of its kind: the latest file counts. ``number`` is what it waits for; ``values``
    are its fields as they were read from ``row`` of ``takeover``."""

    kind = models.CharField(max_length=8, choices=TakeoverKind.choices)
    key = models.CharField(max_length=200, db_collation="C")
    awaits = models.CharField(max_length=8, choices=Awaited.choices)
    number = models.CharField(max_length=60, db_collation="C", blank=True, default="")
    values = models.JSONField()
    takeover = models.ForeignKey(Takeover, on_delete=models.CASCADE, related_name="waiting_rows")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=200, blank=True, default="")
    since = models.DateTimeField()

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="waiting_row_waits_once"),
            models.CheckConstraint(
                condition=Q(awaits__in=Awaited.values), name="waiting_row_waits_for_something"
            ),
        ]
        indexes = [models.Index(fields=["awaits", "number"], name="waiting_row_by_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class RememberedColumns(models.Model):
    """How files of one shape are mapped: ``shape`` is the SHA-256 of their header."""

    kind = models.CharField(max_length=8, choices=TakeoverKind.choices)
    shape = models.CharField(max_length=64, db_collation="C")
    columns = models.JSONField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "shape"], name="columns_remembered_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.shape[:8]}"
