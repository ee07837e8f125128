"""Contact points (Kontaktwege): a number, an address, a handle, and who holds it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Reverse
from django.utils.translation import gettext_lazy as _

from contacts.models.held import Held, belongs_to_one, held_by_company, held_by_person
from crm.kernel.ids import uuid7
from crm.kernel.labels import Labelled


class ContactPointKind(models.TextChoices):
    EMAIL = "EMAIL", _("E-Mail")
    PHONE = "PHONE", _("Telefon")
    MOBILE = "MOBILE", _("Mobil")
    FAX = "FAX", _("Fax")
    POSTAL = "POSTAL", _("Anschrift")
    MESSENGER = "MESSENGER", _("Messenger")
    SOCIAL = "SOCIAL", _("Soziales Netz")


class ContactPointStatus(models.TextChoices):
    ACTIVE = "ACTIVE", _("aktiv")
    BOUNCED = "BOUNCED", _("unzustellbar")
    RETIRED = "RETIRED", _("stillgelegt")
    REASSIGNED = "REASSIGNED", _("neu vergeben")


class Purpose(models.TextChoices):
    UNKNOWN = "", _("unbekannt")
    BUSINESS = "BUSINESS", _("geschäftlich")
    PRIVATE = "PRIVATE", _("privat")


class VerificationMethod(models.TextChoices):
    NONE = "", _("nicht geprüft")
    CALL = "CALL", _("angerufen")
    REPLY = "REPLY", _("Antwort erhalten")
    LINK = "LINK", _("Bestätigungslink")
    CODE = "CODE", _("Code")
    LETTER = "LETTER", _("Brief zugestellt")
    DOCUMENT = "DOCUMENT", _("Dokument gesehen")


class ContactPoint(Labelled):
    """One way to reach somebody; several persons and a company may share it.

    ``normalised`` identifies it within its kind: E.164 for numbers, the folded address for
    e-mail, a key of street, number, postal code and country for ``POSTAL``. ``display`` is how
    it is shown. Consents hang on this row.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=ContactPointKind.choices)
    normalised = models.CharField(max_length=400, db_collation="C")
    display = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "normalised"], name="contact_point_exists_once"
            ),
            models.CheckConstraint(condition=~Q(normalised=""), name="contact_point_is_not_empty"),
        ]
        indexes = [
            models.Index(fields=["normalised"], name="contact_point_by_value"),
            models.Index(Reverse("normalised"), name="contact_point_by_ending"),
        ]

    def __str__(self) -> str:
        return self.display


class ContactPointHolder(Held):
    """That a person or company is reached by a contact point, for what, and how sure that is."""

    person = held_by_person("contact_points")
    company = held_by_company("contact_points")
    contact_point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, related_name="holders"
    )
    purpose = models.CharField(max_length=10, choices=Purpose.choices, blank=True, default="")
    label = models.CharField(max_length=100, blank=True, default="")
    is_preferred = models.BooleanField(default=False)
    status = models.CharField(
        max_length=12, choices=ContactPointStatus.choices, default=ContactPointStatus.ACTIVE
    )
    status_on = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_how = models.CharField(
        max_length=10, choices=VerificationMethod.choices, blank=True, default=""
    )

    class Meta:
        ordering = ["-is_preferred", "id"]
        constraints = [
            belongs_to_one("contact_point_belongs_to_person_or_company"),
            models.UniqueConstraint(
                fields=["person", "contact_point"],
                condition=Q(person__isnull=False),
                name="person_holds_a_contact_point_once",
            ),
            models.UniqueConstraint(
                fields=["company", "contact_point"],
                condition=Q(company__isnull=False),
                name="company_holds_a_contact_point_once",
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_how="")
                | (Q(verified_on__isnull=False) & ~Q(verified_how="")),
                name="contact_point_verified_when_and_how",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"],
                condition=~Q(status="ACTIVE"),
                name="holder_not_active",
            ),
            models.Index(fields=["confirmed_on"], name="holder_by_confirmation"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_point} · {self.record}"
