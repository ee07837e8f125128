"""Postal addresses of persons and companies over time."""

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from contacts.models.contact_point import ContactPoint
from contacts.models.held import Held, belongs_to_one, held_by_company, held_by_person


class AddressKind(models.TextChoices):
    BUSINESS = "BUSINESS", _("geschäftlich")
    PRIVATE = "PRIVATE", _("privat")
    DELIVERY = "DELIVERY", _("Lieferung")
    INVOICE = "INVOICE", _("Rechnung")


class Address(Held):
    """Where post goes. ``contact_point`` (kind ``POSTAL``) is what consents refer to;
    ``country`` is an ISO 3166-1 alpha-2 code; ``valid_to`` is the last day."""

    person = held_by_person("addresses")
    company = held_by_company("addresses")
    contact_point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, related_name="addresses"
    )
    kind = models.CharField(
        max_length=10, choices=AddressKind.choices, default=AddressKind.BUSINESS
    )
    street = models.CharField(max_length=200, blank=True, default="")
    house_number = models.CharField(max_length=20, blank=True, default="")
    extra = models.CharField(max_length=200, blank=True, default="")
    po_box = models.CharField(max_length=40, blank=True, default="")
    postal_code = models.CharField(max_length=12, blank=True, default="", db_collation="C")
    city = models.CharField(max_length=150, blank=True, default="")
    country = models.CharField(max_length=2, default="DE")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = [F("valid_to").desc(nulls_first=True), "id"]
        constraints = [
            belongs_to_one("address_belongs_to_person_or_company"),
            models.CheckConstraint(
                condition=~Q(city="") | ~Q(postal_code=""), name="address_has_a_place"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="address_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["postal_code"], name="address_by_postal_code"),
            models.Index(OpClass(Upper("city"), name="text_pattern_ops"), name="address_by_city"),
            models.Index(fields=["confirmed_on"], name="address_by_confirmation"),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.street_line, self.place) if part)

    @property
    def street_line(self) -> str:
        """``Am Speicher 14`` or ``Postfach 1234``."""
        if self.po_box and not self.street:
            return f"Postfach {self.po_box}"
        return f"{self.street} {self.house_number}".strip()

    @property
    def place(self) -> str:
        """``10997 Berlin``, with the country's code unless it is Germany."""
        prefix = f"{self.country}-" if self.country != "DE" else ""
        return f"{prefix}{self.postal_code} {self.city}".strip()
