"""Persons (Ansprechpartner)."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contacts.models import suspect_triggers
from contacts.models.record import Record, RecordManager, RecordQuerySet, listed
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel import restrictions


class Salutation(models.TextChoices):
    NONE = "", _("keine Angabe")
    HERR = "HERR", _("Herr")
    FRAU = "FRAU", _("Frau")
    DIVERS = "DIVERS", _("divers")


class PersonQuerySet(RecordQuerySet["Person"]):
    """Persons, chainable."""

    def visible_to(self, user: User) -> Self:
        """The persons that the user may see; restricted ones only by who handles requests."""
        seen = super().visible_to(user)
        restricted = restrictions.restricted("contacts.person")
        if restricted is None or Permission.REQUESTS_MANAGE in user.access.permissions:
            return seen
        return seen.exclude(restricted)


class Person(Record):
    """Somebody one talks to, at home or at one or more companies."""

    salutation = models.CharField(
        max_length=10, choices=Salutation.choices, blank=True, default=Salutation.NONE
    )
    title = models.CharField(max_length=100, blank=True, default="")
    given_name = models.CharField(max_length=150, blank=True, default="")
    particle = models.CharField(max_length=50, blank=True, default="")
    surname = models.CharField(max_length=150, blank=True, default="")
    birth_date = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=10, blank=True, default="de")
    given_key = models.CharField(max_length=200, db_collation="C", default="", editable=False)
    surname_code = models.CharField(max_length=60, db_collation="C", default="", editable=False)
    given_code = models.CharField(max_length=60, db_collation="C", default="", editable=False)

    merged_into = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        db_index=False,
        editable=False,
    )

    objects = RecordManager.from_queryset(PersonQuerySet)()
    with_aliases = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(given_name="") | ~Q(surname=""), name="person_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(salutation__in=Salutation.values), name="person_salutation_is_known"
            ),
            models.CheckConstraint(
                condition=Q(completeness__lte=100), name="person_completeness_is_a_percentage"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="person_is_not_its_own_alias",
            ),
        ]
        indexes = [
            listed(fields=["sort_key", "id"], name="person_by_name"),
            listed(fields=["team", "sort_key", "id"], name="person_by_team"),
            listed(fields=["owner", "sort_key", "id"], name="person_by_owner"),
            listed(fields=["given_key", "sort_key", "id"], name="person_by_given_name"),
            models.Index(fields=["surname_code", "sort_key", "id"], name="person_by_sound"),
            listed(fields=["updated_at", "id"], name="person_by_change"),
            listed(fields=["confirmed_on", "id"], name="person_by_confirmation"),
            listed(fields=["completeness", "id"], name="person_by_completeness"),
            models.Index(
                fields=["sort_key", "id"],
                condition=Q(duplicate_check_due=True),
                name="person_to_be_checked",
            ),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="person_alias",
            ),
            GinIndex(fields=["search"], name="person_search", gin_pending_list_limit=512),
        ]
        triggers = [suspect_triggers.gone_with_the_record("PERSON")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """``Dr. Johannes von der Heide``."""
        parts = (self.title, self.given_name, self.particle, self.surname)
        return " ".join(part for part in parts if part)

    @property
    def name_for_lists(self) -> str:
        """``Heide, Dr. Johannes von der``: sorts as DIN 5007 expects."""
        rest = " ".join(part for part in (self.title, self.given_name, self.particle) if part)
        return ", ".join(part for part in (self.surname, rest) if part)

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        return (self.given_name[:1] + self.surname[:1]).upper()
