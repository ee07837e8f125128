"""What persons and companies have in common: identity, owner, source, freshness, search keys."""

from typing import Self, TypeVar

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from contacts.models.source import Source
from crm.accounts.models import Team, User, Visibility
from crm.accounts.policy import Permission
from crm.kernel.ids import uuid7
from crm.kernel.labels import Labelled

_R = TypeVar("_R", bound="Record")


class RecordQuerySet(models.QuerySet[_R]):
    """Questions that persons and companies are asked alike."""

    def visible_to(self, user: User) -> Self:
        """The records that the user may see: own ones, those of the user's teams, or all."""
        access = user.access
        if Permission.CONTACTS_VIEW not in access.permissions:
            return self.none()
        if access.visibility == Visibility.ALL:
            return self
        if access.visibility == Visibility.TEAM:
            return self.filter(Q(team__in=access.team_ids) | Q(owner=access.user_id))
        return self.filter(owner=access.user_id)


def listed(*, fields: list[str], name: str) -> models.Index:
    """An index for lists and searches, which know no aliases: their empty keys would all lie at
    its beginning, and whether a row is one would have to be looked up in the table."""
    return models.Index(fields=fields, condition=Q(merged_into__isnull=True), name=name)


class RecordManager(models.Manager[_R]):
    """All records but those that went into another one."""

    def get_queryset(self) -> models.QuerySet[_R]:
        """Without aliases."""
        return super().get_queryset().filter(merged_into=None)


class Record(Labelled):
    """A master record.

    A record with ``merged_into`` is an alias: it was merged into that one, has no rows of its own
    any more and no search keys, and is found through ``with_aliases`` alone.

    ``field_sources`` names the source of fields that do not come from ``source``:
    ``{"title": {"source": 5, "confirmed_on": "2026-03-01"}}``. ``version`` counts changes and
    guards against overwriting what somebody else wrote. ``completeness`` is a percentage, see
    :mod:`contacts.completeness`. ``sort_key`` follows DIN 5007-1; it, the codes and ``search``
    are kept by :mod:`contacts.indexing` on every write path.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    remark = models.TextField(blank=True, default="")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(null=True, blank=True)
    field_sources = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    completeness = models.PositiveSmallIntegerField(default=0)
    duplicate_check_due = models.BooleanField(default=False)
    sort_key = models.CharField(max_length=400, db_collation="C", default="", editable=False)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        abstract = True
