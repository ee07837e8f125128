"""Companies (Firmen)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from contacts.models import suspect_triggers
from contacts.models.record import Record, RecordManager, RecordQuerySet, listed


class CompanyQuerySet(RecordQuerySet["Company"]):
    """Companies, chainable."""


class Company(Record):
    """An organisation. ``name`` is without the legal form; ``erp_number`` is unique if given.

    ``industry_codes`` are codes of the classification WZ 2008 (Statistisches Bundesamt).
    """

    name = models.CharField(max_length=250)
    legal_form = models.CharField(max_length=60, blank=True, default="")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="subsidiaries"
    )
    industry_codes = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    vat_id = models.CharField(max_length=20, blank=True, default="", db_collation="C")
    erp_number = models.CharField(max_length=60, blank=True, default="", db_collation="C")
    website = models.CharField(max_length=300, blank=True, default="")
    name_code = models.CharField(max_length=100, db_collation="C", default="", editable=False)

    merged_into = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        db_index=False,
        editable=False,
    )

    objects = RecordManager.from_queryset(CompanyQuerySet)()
    with_aliases = CompanyQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="company_has_a_name"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="company_is_not_its_own_parent",
            ),
            models.UniqueConstraint(
                fields=["erp_number"],
                condition=~Q(erp_number=""),
                name="company_erp_number_is_unique",
            ),
            models.CheckConstraint(
                condition=Q(completeness__lte=100), name="company_completeness_is_a_percentage"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="company_is_not_its_own_alias",
            ),
        ]
        indexes = [
            listed(fields=["sort_key", "id"], name="company_by_name"),
            listed(fields=["team", "sort_key", "id"], name="company_by_team"),
            listed(fields=["owner", "sort_key", "id"], name="company_by_owner"),
            models.Index(fields=["name_code", "sort_key", "id"], name="company_by_sound"),
            models.Index(fields=["vat_id"], name="company_by_vat_id"),
            listed(fields=["updated_at", "id"], name="company_by_change"),
            listed(fields=["confirmed_on", "id"], name="company_by_confirmation"),
            listed(fields=["completeness", "id"], name="company_by_completeness"),
            models.Index(
                fields=["sort_key", "id"],
                condition=Q(duplicate_check_due=True),
                name="company_to_be_checked",
            ),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="company_alias",
            ),
            GinIndex(fields=["search"], name="company_search", gin_pending_list_limit=512),
        ]
        triggers = [suspect_triggers.gone_with_the_record("COMPANY")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """``Havelberg Anlagenbau GmbH``."""
        return " ".join(part for part in (self.name, self.legal_form) if part)

    @property
    def name_for_lists(self) -> str:
        """The full name: companies sort by their first word."""
        return self.full_name

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        words = self.name.split()
        return "".join(word[:1] for word in words[:2]).upper()
