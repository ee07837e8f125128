"""Merges: what was made one, everything that was moved for it, and the rule for doing it alone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contacts.models.company import Company
from contacts.models.held import belongs_to_one
from contacts.models.matching import MatchingKind
from contacts.models.person import Person
from crm.kernel.ids import uuid7


class MergeOrigin(models.TextChoices):
    BY_HAND = "BY_HAND", _("von Hand")
    AUTOMATIC = "AUTOMATIC", _("automatisch")


class Merge(models.Model):
    """Records of one kind that were made one.

    ``choices`` map a field to the public id of the record whose value was taken; ``marks`` a model
    to its highest number at that time: what has a higher one was added afterwards. A merge that
    does again what was undone names it in ``redoes``.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=MatchingKind.choices)
    origin = models.CharField(
        max_length=10, choices=MergeOrigin.choices, default=MergeOrigin.BY_HAND
    )
    reason = models.CharField(max_length=500, blank=True, default="")
    choices = models.JSONField(default=dict, blank=True)
    marks = models.JSONField(default=dict, blank=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    redoes = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="redone_by"
    )

    class Meta:
        ordering: ClassVar = [F("merged_at").desc(), F("id").desc()]
        indexes: ClassVar = [models.Index(fields=["merged_at", "id"], name="merge_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class MergeMember(models.Model):
    """One of the merged records, as it was before.

    ``changes`` map a column of the survivor to ``[before, after]``; ``field_sources`` is told
    apart by field (``field_sources.title``).
    """

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="merge_members"
    )
    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, null=True, blank=True, related_name="merge_members"
    )
    is_survivor = models.BooleanField(default=False)
    label = models.CharField(max_length=400)
    before = models.JSONField()
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = [F("is_survivor").desc(), F("id").asc()]
        constraints: ClassVar = [
            belongs_to_one("merge_member_is_person_or_company"),
            models.UniqueConstraint(
                fields=["merge"],
                condition=Q(is_survivor=True),
                name="a_merge_has_one_survivor",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def record_id(self) -> int:
        """The primary key of the person or company."""
        return self.person_id or self.company_id or 0


class MergeEntry(models.Model):
    """One row that a merge touched: the journal from which it is undone.

    ``before`` and ``after`` hold the changed columns; of a ``FOLDED`` row, which is gone because
    it equals row ``kept``, ``before`` is all of it.
    """

    class Act(models.TextChoices):
        MOVED = "MOVED", _("umgehängt")
        CHANGED = "CHANGED", _("geändert")
        FOLDED = "FOLDED", _("gleich")

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="entries")
    model = models.CharField(max_length=60, db_collation="C")
    row = models.BigIntegerField()
    act = models.CharField(max_length=8, choices=Act.choices)
    kept = models.BigIntegerField(null=True, blank=True)
    before = models.JSONField()
    after = models.JSONField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["model", "row"], name="merge_entry_by_row"),
            models.Index(
                fields=["model", "kept"],
                condition=Q(kept__isnull=False),
                name="merge_entry_by_kept_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.model} {self.row}"


class AutomaticMerging(models.Model):
    """Whether, and from which weight in bits, groups of a kind are merged without asking."""

    kind = models.CharField(max_length=8, choices=MatchingKind.choices, unique=True)
    is_on = models.BooleanField(default=False)
    threshold = models.FloatField(default=12.0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(threshold__gte=6), name="automatic_merging_needs_a_sure_weight"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.threshold}"
