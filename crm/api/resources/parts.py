"""Representations of what hangs on persons and companies."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contacts import qualification
from contacts.models import (
    Address,
    ContactPointHolder,
    ContactPointKind,
    ContactPointStatus,
    CriterionValue,
    Employment,
    ExternalId,
    Purpose,
    Source,
    VerificationMethod,
)
from contacts.models.address import AddressKind
from crm.api.fields import SourceField


class SourceSummary(serializers.ModelSerializer[Source]):
    """Where a datum comes from."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = Source
        fields = ("id", "kind", "name", "use_until")


class ContactPointSerializer(serializers.ModelSerializer[ContactPointHolder]):
    """A contact point as one record holds it."""

    contact_point = serializers.UUIDField(source="contact_point.public_id", read_only=True)
    kind = serializers.ChoiceField(
        choices=ContactPointKind.choices, source="contact_point.kind", read_only=True
    )
    value = serializers.CharField(source="contact_point.display", read_only=True)
    normalised = serializers.CharField(source="contact_point.normalised", read_only=True)
    source = SourceSummary(read_only=True)

    class Meta:
        model = ContactPointHolder
        fields = (
            "id",
            "contact_point",
            "kind",
            "value",
            "normalised",
            "purpose",
            "label",
            "is_preferred",
            "status",
            "status_on",
            "verified_on",
            "verified_how",
            "source",
            "confirmed_on",
        )


class ContactPointInput(serializers.Serializer):
    """A new contact point; ``value`` in any notation."""

    kind = serializers.ChoiceField(choices=ContactPointKind.choices)
    value = serializers.CharField(max_length=400)
    purpose = serializers.ChoiceField(choices=Purpose.choices, default="")
    label = serializers.CharField(max_length=100, default="", allow_blank=True)
    is_preferred = serializers.BooleanField(default=False)
    source = SourceField(required=False)
    confirmed_on = serializers.DateField(required=False, allow_null=True)


class ContactPointChange(serializers.Serializer):
    """What can change of a contact point; ``verified_how`` says that it was checked just now."""

    purpose = serializers.ChoiceField(choices=Purpose.choices, required=False)
    label = serializers.CharField(max_length=100, required=False, allow_blank=True)
    is_preferred = serializers.BooleanField(required=False)
    status = serializers.ChoiceField(choices=ContactPointStatus.choices, required=False)
    verified_how = serializers.ChoiceField(
        choices=[choice for choice in VerificationMethod.choices if choice[0]], required=False
    )


class AddressSerializer(serializers.ModelSerializer[Address]):
    """A postal address."""

    contact_point = serializers.UUIDField(source="contact_point.public_id", read_only=True)
    source = SourceSummary(read_only=True)

    class Meta:
        model = Address
        fields = (
            "id",
            "contact_point",
            "kind",
            "street",
            "house_number",
            "extra",
            "po_box",
            "postal_code",
            "city",
            "country",
            "valid_from",
            "valid_to",
            "source",
            "confirmed_on",
        )


class AddressInput(serializers.Serializer):
    """A new or changed address; ``street`` may hold the house number."""

    kind = serializers.ChoiceField(choices=AddressKind.choices, required=False)
    street = serializers.CharField(max_length=200, required=False, allow_blank=True)
    house_number = serializers.CharField(max_length=20, required=False, allow_blank=True)
    extra = serializers.CharField(max_length=200, required=False, allow_blank=True)
    po_box = serializers.CharField(max_length=40, required=False, allow_blank=True)
    postal_code = serializers.CharField(max_length=12, required=False, allow_blank=True)
    city = serializers.CharField(max_length=150, required=False, allow_blank=True)
    country = serializers.RegexField(
        r"^[A-Z]{2}\Z",
        required=False,
        help_text="ISO 3166-1 alpha-2",
        error_messages={"invalid": _("Bitte das Land mit zwei Buchstaben angeben, etwa DE.")},
    )
    valid_from = serializers.DateField(required=False, allow_null=True)
    valid_to = serializers.DateField(required=False, allow_null=True)
    source = SourceField(required=False)
    confirmed_on = serializers.DateField(required=False, allow_null=True)


class EmploymentSerializer(serializers.ModelSerializer[Employment]):
    """A role at a company, as :func:`contacts.access.employments_of` tells it."""

    person = serializers.UUIDField(source="person.public_id", read_only=True)
    person_name = serializers.CharField(source="person.full_name", read_only=True)
    company = serializers.SerializerMethodField(
        help_text="null if the company is none of those that you may see."
    )
    company_name = serializers.CharField(source="company.full_name", read_only=True)
    source = SourceSummary(read_only=True)

    class Meta:
        model = Employment
        fields = (
            "id",
            "person",
            "person_name",
            "company",
            "company_name",
            "function",
            "department",
            "is_primary",
            "started_on",
            "ended_on",
            "source",
            "confirmed_on",
        )

    def get_company(self, row: Any) -> UUID | None:
        return row.company.public_id if row.company_is_seen else None


class EmploymentChange(serializers.Serializer):
    """What can change of a role."""

    function = serializers.CharField(max_length=200, required=False, allow_blank=True)
    department = serializers.CharField(max_length=200, required=False, allow_blank=True)
    is_primary = serializers.BooleanField(required=False)
    started_on = serializers.DateField(required=False, allow_null=True)
    ended_on = serializers.DateField(required=False, allow_null=True)


class EmploymentInput(EmploymentChange):
    """A new role at ``company``."""

    company = serializers.UUIDField()
    source = SourceField(required=False)
    confirmed_on = serializers.DateField(required=False, allow_null=True)


class ExternalIdSerializer(serializers.ModelSerializer[ExternalId]):
    """The record's number in another system."""

    class Meta:
        model = ExternalId
        fields = ("id", "system", "value")


class ExternalIdInput(serializers.Serializer):
    """A number in another system."""

    system = serializers.CharField(max_length=100)
    value = serializers.CharField(max_length=200)
    source = SourceField(required=False)


class CriterionValueSerializer(serializers.ModelSerializer[CriterionValue]):
    """The current answer to a criterion; without one, value, source and time are null."""

    criterion = serializers.CharField(source="criterion.code", read_only=True)
    label = serializers.CharField(source="criterion.label", read_only=True)
    value = serializers.JSONField(
        read_only=True, allow_null=True, help_text="Text, number, ISO date, code(s), bool."
    )
    text = serializers.SerializerMethodField(help_text="The value for readers.")
    source = serializers.SerializerMethodField()
    recorded_at = serializers.DateTimeField(source="created_at", read_only=True, allow_null=True)

    class Meta:
        model = CriterionValue
        fields = ("criterion", "label", "value", "text", "source", "confirmed_on", "recorded_at")

    @extend_schema_field(SourceSummary(allow_null=True))
    def get_source(self, row: CriterionValue) -> dict[str, Any] | None:
        return dict(SourceSummary(row.source).data) if row.source_id else None

    def get_text(self, row: CriterionValue) -> str:
        return qualification.text_of(criterion=row.criterion, value=row.value)


class CriterionAnswer(serializers.Serializer):
    """An answer; ``null`` takes it back."""

    value: Any = serializers.JSONField(allow_null=True)
    source = SourceField(required=False)
    confirmed_on = serializers.DateField(required=False, allow_null=True)
