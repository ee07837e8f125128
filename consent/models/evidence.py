"""Evidence: the files and logs that prove a declaration."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.kernel.ids import uuid7


class EvidenceKind(models.TextChoices):
    FORM_LOG = "FORM_LOG", _("Protokoll des Formulars")
    MAIL = "MAIL", _("Bestätigungsmail")
    CODE_LOG = "CODE_LOG", _("Protokoll des SMS-Codes")
    SCAN = "SCAN", _("Scan oder Foto")
    AUDIO = "AUDIO", _("Aufzeichnung")
    LETTER = "LETTER", _("Schreiben")
    IMPORT_ROW = "IMPORT_ROW", _("Zeile eines Imports")
    NOTE = "NOTE", _("Vermerk")


class Grade(models.TextChoices):
    """How much a piece of evidence is worth, best first."""

    A = "A", _("unterschrieben, angemeldet oder aufgezeichnet")
    B = "B", _("über den Kanal bestätigt")
    C = "C", _("Vermerk oder Import")
    D = "D", _("nur ein Häkchen")


class Evidence(models.Model):
    """One piece, stored once by its hash. ``erased_at`` is set when its file was deleted."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=12, choices=EvidenceKind.choices)
    grade = models.CharField(max_length=1, choices=Grade.choices)
    name = models.CharField(max_length=200, blank=True, default="")
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    file = models.FileField(upload_to="evidence/")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values), name="evidence_grade_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]
