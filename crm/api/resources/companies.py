"""``/companies``."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts import access, companies
from contacts.models import Company
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.api.resources import record
from crm.api.resources import suspects as checks
from crm.api.resources.record import (
    RECORD_FIELDS,
    RecordSerializer,
    Writing,
    with_parts,
)

TAG = "Companies"
OWN_FIELDS = (
    "name",
    "legal_form",
    "parent",
    "industry_codes",
    "vat_id",
    "erp_number",
    "website",
)


class CompanySerializer(RecordSerializer, serializers.ModelSerializer[Company]):
    """A company with contact points, addresses, people and qualification."""

    parent = serializers.UUIDField(
        source="seen_parent",
        read_only=True,
        allow_null=True,
        help_text="null also if the parent is none of those that you may see.",
    )

    class Meta:
        model = Company
        fields = (*RECORD_FIELDS[:2], *OWN_FIELDS, *RECORD_FIELDS[2:])


class CompanyCreated(CompanySerializer):
    """The new company, and who looks like it."""

    suspects = checks.SuspectSerializer(many=True, read_only=True)
    hidden_suspect = checks.HiddenSuspect(read_only=True, allow_null=True)

    class Meta(CompanySerializer.Meta):
        fields = (*CompanySerializer.Meta.fields, *checks.FIELDS)


class CompanyChange(Writing):
    """Fields to change; those left out stay. A legal form inside ``name`` is split off."""

    name = serializers.CharField(max_length=250, required=False)
    legal_form = serializers.CharField(max_length=60, required=False, allow_blank=True)
    parent = serializers.UUIDField(required=False, allow_null=True)
    industry_codes = serializers.ListField(
        child=serializers.CharField(max_length=10), required=False, help_text="WZ 2008"
    )
    vat_id = serializers.CharField(max_length=20, required=False, allow_blank=True)
    erp_number = serializers.CharField(max_length=60, required=False, allow_blank=True)
    website = serializers.CharField(max_length=300, required=False, allow_blank=True)


class CompanyDetail(View):
    """One company."""

    writing = Permission.CONTACTS_EDIT

    @describe(tag=TAG, returns=CompanySerializer, operation_id="company_read", refuses=(401, 404))
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read a company."""
        return Response(shown(self, self.company(public_id)))

    @describe(
        tag=TAG,
        body=CompanyChange,
        returns=CompanySerializer,
        refuses=(400, 401, 403, 404, 409),
        operation_id="company_update",
    )
    def patch(self, request: Request, public_id: UUID) -> Response:
        """Change a company's own fields, owner or team."""
        company = record.change(
            self,
            with_parent(self, self.read(CompanyChange, partial=True)),
            companies.update,
            company=self.company(public_id),
        )
        return Response(shown(self, company))


def create(view: View) -> Response:
    """Create a company from the request's body (``POST /companies``)."""
    company = record.create(view, with_parent(view, view.read(CompanyChange)), companies.create)
    told = shown(view, company) | checks.of_created(view, company)
    return Response(told, status=status.HTTP_201_CREATED)


def with_parent(view: View, body: dict[str, Any]) -> dict[str, Any]:
    """The body with the parent company in place of its id."""
    if body.get("parent"):
        parent = access.company_for(user=view.user, public_id=str(body["parent"]))
        return {**body, "parent": parent}
    return body


def with_seen_parents(companies: QuerySet[Company], *, user: User) -> QuerySet[Company]:
    """The companies with the public id of the parent in ``seen_parent``, if the user sees it."""
    seen = Company.objects.visible_to(user).filter(pk=OuterRef("parent")).order_by()
    return companies.annotate(seen_parent=Subquery(seen.values("public_id")))


def shown(view: View, company: Company) -> dict[str, object]:
    """The company as the API shows it to the view's user, read afresh."""
    rows = with_seen_parents(Company.objects.all(), user=view.user)
    return CompanySerializer(with_parts(rows, user=view.user).get(pk=company.pk)).data
