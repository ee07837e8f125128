"""Where a datum comes from, under which licence, and until when it may be used."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from crm.kernel.ids import uuid7
from crm.kernel.labels import Labelled


class SourceKind(models.TextChoices):
    ERP = "ERP", _("Warenwirtschaft")
    LIST = "LIST", _("Liste")
    OUTLOOK = "OUTLOOK", _("Outlook")
    FAIR = "FAIR", _("Messe")
    SUPPLIER = "SUPPLIER", _("Adressanbieter")
    WEB_FORM = "WEB_FORM", _("Webformular")
    PHONE = "PHONE", _("Telefon")
    MANUAL = "MANUAL", _("von Hand")
    THIRD_PERSON = "THIRD_PERSON", _("von anderen genannt")
    PUBLIC = "PUBLIC", _("öffentliches Verzeichnis")


class Source(Labelled):
    """One origin of data: a system, a delivery of addresses, a fair.

    ``licensed_channels`` holds kinds of contact points; empty means no limit by licence.
    ``use_until`` is the last day on which data of this source may be used.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    name = models.CharField(max_length=200)
    supplier = models.CharField(max_length=200, blank=True, default="")
    licence = models.CharField(max_length=500, blank=True, default="")
    licensed_channels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    use_until = models.DateField(null=True, blank=True)
    remark = models.TextField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="source_name_is_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=SourceKind.values), name="source_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="SUPPLIER") | (~Q(licence="") & Q(use_until__isnull=False)),
                name="bought_addresses_have_licence_and_use_until",
            ),
        ]

    def __str__(self) -> str:
        return self.name
