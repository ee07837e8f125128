"""Qualification data: a few criteria, defined by an administrator, with the values' history."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from contacts.models.held import Held, belongs_to_one, held_by_company, held_by_person


class CriterionSubject(models.TextChoices):
    PERSON = "PERSON", _("Ansprechpartner")
    COMPANY = "COMPANY", _("Firmen")


class CriterionType(models.TextChoices):
    TEXT = "TEXT", _("Text")
    NUMBER = "NUMBER", _("Zahl")
    DATE = "DATE", _("Datum")
    CHOICE = "CHOICE", _("Auswahl")
    CHOICES = "CHOICES", _("Mehrfachauswahl")
    BOOLEAN = "BOOLEAN", _("ja/nein")


class Sensitivity(models.TextChoices):
    """How much a value tells about a person; the last two need a registered guard's permission."""

    NORMAL = "NORMAL", _("üblich")
    CONFIDENTIAL = "CONFIDENTIAL", _("vertraulich")
    PERSONALITY = "PERSONALITY", _("Persönlichkeitsprofil")
    SPECIAL = "SPECIAL", _("besondere Kategorie (Art. 9 DSGVO)")


class Criterion(models.Model):
    """A question with a fixed type of answer."""

    code = models.SlugField(max_length=60, unique=True)
    label = models.CharField(max_length=120)
    help_text = models.CharField(max_length=500, blank=True, default="")
    subject = models.CharField(max_length=10, choices=CriterionSubject.choices)
    type = models.CharField(max_length=10, choices=CriterionType.choices)
    sensitivity = models.CharField(
        max_length=15, choices=Sensitivity.choices, default=Sensitivity.NORMAL
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "label"]
        constraints = [
            models.UniqueConstraint(
                Lower("label"), "subject", name="criterion_label_is_unique_per_subject"
            ),
            models.CheckConstraint(
                condition=Q(type__in=CriterionType.values), name="criterion_type_is_known"
            ),
            models.CheckConstraint(
                condition=Q(sensitivity__in=Sensitivity.values),
                name="criterion_sensitivity_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class CriterionChoice(models.Model):
    """One answer of a criterion of type ``CHOICE`` or ``CHOICES``."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="choices")
    code = models.SlugField(max_length=60)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "code"], name="choice_code_is_unique_per_criterion"
            )
        ]

    def __str__(self) -> str:
        return self.label


class CriterionValue(Held):
    """One answer; the current one has no ``superseded_at``, the others are its history.

    ``value`` is JSON: text, number, ISO date, choice code, list of choice codes, or boolean;
    null says that the answer was taken back.
    """

    person = held_by_person("criterion_values")
    company = held_by_company("criterion_values")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="values")
    value = models.JSONField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["criterion", "-created_at", "-id"]
        constraints = [
            belongs_to_one("criterion_value_belongs_to_person_or_company"),
            models.UniqueConstraint(
                fields=["criterion", "person"],
                condition=Q(superseded_at__isnull=True, person__isnull=False),
                name="person_has_one_current_value",
            ),
            models.UniqueConstraint(
                fields=["criterion", "company"],
                condition=Q(superseded_at__isnull=True, company__isnull=False),
                name="company_has_one_current_value",
            ),
        ]
        indexes = [
            GinIndex(
                fields=["value"],
                name="criterion_value_contains",
                condition=Q(superseded_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"
