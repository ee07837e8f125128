"""A person's role at a company over time."""

from django.db import models
from django.db.models import F, Q

from contacts.models.company import Company
from contacts.models.held import Sourced
from contacts.models.person import Person


class Employment(Sourced):
    """What a person does at a company, from and until when (``ended_on`` is the last day)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="employments")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="employments")
    function = models.CharField(max_length=200, blank=True, default="")
    department = models.CharField(max_length=200, blank=True, default="")
    is_primary = models.BooleanField(default=False)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-is_primary", F("ended_on").desc(nulls_first=True), "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_primary=True),
                name="person_has_one_primary_employment",
            ),
            models.UniqueConstraint(
                fields=["person", "company"],
                condition=Q(ended_on__isnull=True),
                name="person_works_once_at_a_company",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(started_on__lte=F("ended_on")),
                name="employment_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.function, str(self.company)) if part)
