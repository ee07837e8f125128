"""Commercial data (kaufmännische Daten): taken over from the ERP, never edited here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models import Source
from history.models.one_of import exactly_one

CUSTOMERS = ("person", "company")


class OfACustomer(models.Model):
    """A row of the ERP about one customer."""

    person = models.ForeignKey(
        "contacts.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    company = models.ForeignKey(
        "contacts.Company", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True


class OrderKind(models.TextChoices):
    QUOTE = "QUOTE", _("Angebot")
    ORDER = "ORDER", _("Auftrag")
    RETURN = "RETURN", _("Rücksendung")


class Order(OfACustomer):
    """A quote, an order or a return. ``number`` is the ERP's; ``total`` is net in EUR."""

    number = models.CharField(max_length=60, db_collation="C", unique=True)
    kind = models.CharField(max_length=6, choices=OrderKind.choices, default=OrderKind.ORDER)
    ordered_on = models.DateField()
    status = models.CharField(max_length=60, blank=True, default="")
    total = models.DecimalField(max_digits=14, decimal_places=2)
    opportunity = models.ForeignKey(
        "history.Opportunity",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="orders",
    )

    class Meta:
        ordering = ["-ordered_on", "-id"]
        constraints = [exactly_one(*CUSTOMERS, name="order_is_of_one_customer")]
        indexes = [
            models.Index(fields=["company", "-ordered_on"], name="order_by_company"),
            models.Index(fields=["person", "-ordered_on"], name="order_by_person"),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """One line of an order; ``amount`` is net in EUR."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    article = models.CharField(max_length=60, blank=True, default="")
    label = models.CharField(max_length=300)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    unit = models.CharField(max_length=20, blank=True, default="")
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["order", "position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_stands_once")
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.position} {self.label}"


class Invoice(OfACustomer):
    """An invoice or, with a negative ``total``, a credit note; net in EUR. ``order_number`` is as
    the ERP tells it; ``order`` follows when that order is known."""

    number = models.CharField(max_length=60, db_collation="C", unique=True)
    order_number = models.CharField(max_length=60, db_collation="C", blank=True, default="")
    order = models.ForeignKey(
        Order, on_delete=models.SET_NULL, null=True, blank=True, related_name="invoices"
    )
    invoiced_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    total = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["-invoiced_on", "-id"]
        constraints = [exactly_one(*CUSTOMERS, name="invoice_is_of_one_customer")]
        indexes = [
            models.Index(fields=["company", "-invoiced_on"], name="invoice_by_company"),
            models.Index(fields=["person", "-invoiced_on"], name="invoice_by_person"),
            models.Index(
                fields=["order_number"],
                condition=Q(order__isnull=True) & ~Q(order_number=""),
                name="invoice_without_its_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Classification(OfACustomer):
    """How the ERP rates a customer: ``abc`` is A, B or C; ``revenue`` of ``year`` in EUR."""

    abc = models.CharField(max_length=1, blank=True, default="")
    year = models.PositiveSmallIntegerField()
    revenue = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["-year"]
        constraints = [
            exactly_one(*CUSTOMERS, name="classification_is_of_one_customer"),
            models.CheckConstraint(
                condition=Q(abc__in=["", "A", "B", "C"]), name="classification_is_a_b_or_c"
            ),
            models.UniqueConstraint(
                fields=["company", "year"],
                condition=Q(company__isnull=False),
                name="classification_once_a_year_for_a_company",
            ),
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=Q(person__isnull=False),
                name="classification_once_a_year_for_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.abc}"
