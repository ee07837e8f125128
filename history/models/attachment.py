"""Files that came or went with a contact."""

from django.db import models

from crm.kernel.ids import uuid7
from history.models.touchpoint import Touchpoint


class StoredFile(models.Model):
    """The content of a file, kept once by its hash. ``erased_at``: its content was deleted."""

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    file = models.FileField(upload_to="attachments/")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.sha256[:12]


class Attachment(models.Model):
    """A file under the name that it had in this contact."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.CASCADE, related_name="attachments")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=255)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
