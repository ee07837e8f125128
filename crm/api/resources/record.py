"""What persons and companies have in common in the API."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Prefetch
from rest_framework import serializers

from contacts import access, assigning
from contacts.models import (
    Address,
    Company,
    ContactPointHolder,
    CriterionValue,
    ExternalId,
    Person,
)
from crm.accounts.models import User
from crm.api.base import View
from crm.api.fields import SourceField, TeamField, UserField
from crm.api.resources.parts import (
    AddressSerializer,
    ContactPointSerializer,
    CriterionValueSerializer,
    EmploymentSerializer,
    ExternalIdSerializer,
    SourceSummary,
)
from crm.kernel import clock

R = TypeVar("R", bound=Person | Company)
RECORD_FIELDS = (
    "id",
    "full_name",
    "remark",
    "owner",
    "team",
    "source",
    "confirmed_on",
    "field_sources",
    "completeness",
    "duplicate_check_due",
    "version",
    "created_at",
    "updated_at",
    "employments",
    "contact_points",
    "addresses",
    "external_ids",
    "qualification",
)


class RecordSerializer(serializers.Serializer):
    """Identity, belonging, origin and everything that hangs on a record."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    full_name = serializers.CharField(read_only=True)
    remark = serializers.CharField(read_only=True)
    owner = serializers.UUIDField(source="owner.public_id", read_only=True, allow_null=True)
    team = serializers.UUIDField(source="team.public_id", read_only=True, allow_null=True)
    source = SourceSummary(read_only=True)
    confirmed_on = serializers.DateField(read_only=True, allow_null=True)
    field_sources = serializers.DictField(
        read_only=True, help_text="Fields that come from another source than the record."
    )
    completeness = serializers.IntegerField(read_only=True, help_text="Per cent, 0 to 100.")
    duplicate_check_due = serializers.BooleanField(read_only=True)
    version = serializers.IntegerField(read_only=True, help_text="Send it back with a change.")
    created_at = serializers.DateTimeField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)
    employments = EmploymentSerializer(many=True, read_only=True)
    contact_points = ContactPointSerializer(many=True, read_only=True)
    addresses = AddressSerializer(many=True, read_only=True)
    external_ids = ExternalIdSerializer(many=True, read_only=True)
    qualification = CriterionValueSerializer(many=True, read_only=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        for name in ("owner", "team"):
            shown.setdefault(name, None)
        return shown


class Writing(serializers.Serializer):
    """What every write to a record may say besides its fields."""

    remark = serializers.CharField(required=False, allow_blank=True)
    source = SourceField(required=False)
    confirmed_on = serializers.DateField(required=False, allow_null=True)
    owner = UserField(required=False, allow_null=True)
    team = TeamField(required=False, allow_null=True)
    version = serializers.IntegerField(
        required=False, help_text="Refuses the change if somebody else was faster."
    )


def with_parts(records: Any, *, user: User) -> Any:
    """The queryset with all that :class:`RecordSerializer` shows of it to ``user``: a fixed
    number of queries."""
    answers = (
        CriterionValue.objects.filter(superseded_at__isnull=True, value__isnull=False)
        .select_related("criterion", "source")
        .prefetch_related("criterion__choices")
    )
    return records.select_related("owner", "team", "source").prefetch_related(
        Prefetch("employments", access.employments_of(user)),
        Prefetch(
            "contact_points",
            ContactPointHolder.objects.select_related("contact_point", "source"),
        ),
        Prefetch("addresses", Address.objects.select_related("contact_point", "source")),
        Prefetch("external_ids", ExternalId.objects.all()),
        Prefetch("criterion_values", answers, to_attr="qualification"),
    )


def create(view: View, body: dict[str, Any], door: Callable[..., R]) -> R:
    """Create a record through ``door`` (:func:`contacts.persons.create` or its sibling)."""
    body.pop("version", None)
    return door(
        actor=view.user,
        source=view.source(body),
        owner=body.pop("owner", None),
        team=body.pop("team", None),
        confirmed_on=body.pop("confirmed_on", None),
        values=body,
        at=clock.now(),
    )


@transaction.atomic
def change(view: View, body: dict[str, Any], door: Callable[..., R], **record: R) -> R:
    """Change a record through ``door``, then owner and team if the body names them."""
    belonging = {name: body.pop(name) for name in ("owner", "team") if name in body}
    changed = door(
        actor=view.user,
        source=view.source(body),
        version=body.pop("version", None),
        confirmed_on=body.pop("confirmed_on", None),
        values=body,
        at=clock.now(),
        **record,
    )
    if belonging:
        rows = type(changed)._default_manager.filter(pk=changed.pk)
        assigning.assign(actor=view.user, records=rows, **belonging, at=clock.now())
    return changed
