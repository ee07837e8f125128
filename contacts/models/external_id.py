"""Numbers under which other systems know a record."""

from django.db import models
from django.db.models import Q

from contacts.models.held import Held, belongs_to_one, held_by_company, held_by_person


class ExternalId(Held):
    """``value`` is the record's number in ``system`` (``ERP``, ``Outlook``, a list's name)."""

    person = held_by_person("external_ids")
    company = held_by_company("external_ids")
    system = models.CharField(max_length=100)
    value = models.CharField(max_length=200, db_collation="C")

    class Meta:
        ordering = ["system", "value"]
        constraints = [
            belongs_to_one("external_id_belongs_to_person_or_company"),
            models.UniqueConstraint(
                fields=["system", "value"],
                condition=Q(person__isnull=False),
                name="external_id_names_one_person",
            ),
            models.UniqueConstraint(
                fields=["system", "value"],
                condition=Q(company__isnull=False),
                name="external_id_names_one_company",
            ),
        ]
        indexes = [models.Index(fields=["value"], name="external_id_by_value")]

    def __str__(self) -> str:
        return f"{self.system} {self.value}"
