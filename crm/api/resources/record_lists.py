"""``GET/POST /persons`` and ``/companies``: lists with the conditions of the screens."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.listing import filters, pages
from contacts.listing import query as queries
from contacts.listing.scope import ListName, Scope
from contacts.models import Company
from crm.accounts import policy
from crm.api.base import View, describe
from crm.api.resources import companies, persons
from crm.api.resources.record import with_parts
from crm.kernel import clock, errors

MOST_ROWS = 200
PARAMETERS = [
    OpenApiParameter("q", str, description="Words, a number or an address to search for."),
    OpenApiParameter("sort", str, description="As in the address of the list on screen."),
    OpenApiParameter("after", str, description="`next` of the page before."),
    OpenApiParameter("before", str, description="`previous` of the page behind."),
    OpenApiParameter("limit", int, description=f"Rows of a page, 1 to {MOST_ROWS}."),
    OpenApiParameter(
        "conditions",
        OpenApiTypes.OBJECT,
        style="form",
        explode=True,
        description="Any condition by its code, repeatable; `…/conditions` lists them.",
    ),
]


class CountSerializer(serializers.Serializer):
    """How many rows there are; ``is_capped`` says that there are more than ``value``."""

    value = serializers.IntegerField()
    is_capped = serializers.BooleanField()


class PersonPage(serializers.Serializer):
    """One page of persons."""

    total = CountSerializer()
    previous = serializers.CharField(allow_blank=True, help_text="Send it as `before`.")
    next = serializers.CharField(allow_blank=True, help_text="Send it as `after`.")
    results = persons.PersonSerializer(many=True)


class CompanyPage(PersonPage):
    """One page of companies."""

    results = companies.CompanySerializer(many=True)


class ConditionSerializer(serializers.Serializer):
    """A condition that a list understands."""

    code = serializers.CharField()
    label = serializers.CharField()


class RecordList(View):
    """A list and the door for new records."""

    writing = policy.Permission.CONTACTS_EDIT
    name: ListName
    serializer: type[serializers.ModelSerializer[Any]]
    create: Callable[[View], Response]

    def rows(self) -> Any:
        """All records with what only this kind has."""
        return self.name.model.objects.all()

    def page(self, request: Request) -> Response:
        """The page that the query string means; a fixed number of queries."""
        policy.require(self.user, policy.Permission.CONTACTS_VIEW)
        scope = Scope(self.name, self.user, clock.now())
        parameters = dict(request.query_params.lists())
        limit = _limit(parameters.pop("limit", []))
        parameters["columns"] = ["name"]
        page = pages.page(
            scope=scope, query=queries.parse(scope=scope, parameters=parameters, limit=limit)
        )
        ids = [row.record.pk for row in page.rows]
        rows = with_parts(self.rows(), user=self.user).filter(pk__in=ids)
        found = {row.pk: row for row in rows}
        return Response(
            {
                "total": {"value": page.total.value, "is_capped": page.total.is_capped},
                "previous": page.previous,
                "next": page.next,
                "results": self.serializer([found[pk] for pk in ids], many=True).data,
            }
        )


class PersonList(RecordList):
    """Persons."""

    name = ListName.PERSONS
    serializer = persons.PersonSerializer

    @describe(
        tag=persons.TAG,
        returns=PersonPage,
        refuses=(400, 401, 403),
        parameters=PARAMETERS,
        operation_id="person_list",
    )
    def get(self, request: Request) -> Response:
        """List persons that the user may see, in German order unless `sort` says otherwise."""
        return self.page(request)

    @describe(
        tag=persons.TAG,
        body=persons.PersonChange,
        returns=persons.PersonCreated,
        status=201,
        refuses=(400, 401, 403),
        operation_id="person_create",
    )
    def post(self, request: Request) -> Response:
        """Create a person; the answer names who looks like it."""
        return persons.create(self)


class CompanyList(RecordList):
    """Companies."""

    name = ListName.COMPANIES
    serializer = companies.CompanySerializer

    def rows(self) -> Any:
        return companies.with_seen_parents(Company.objects.all(), user=self.user)

    @describe(
        tag=companies.TAG,
        returns=CompanyPage,
        refuses=(400, 401, 403),
        parameters=PARAMETERS,
        operation_id="company_list",
    )
    def get(self, request: Request) -> Response:
        """List companies that the user may see, in German order unless `sort` says otherwise."""
        return self.page(request)

    @describe(
        tag=companies.TAG,
        body=companies.CompanyChange,
        returns=companies.CompanyCreated,
        status=201,
        refuses=(400, 401, 403, 404),
        operation_id="company_create",
    )
    def post(self, request: Request) -> Response:
        """Create a company; the answer names who looks like it."""
        return companies.create(self)


class Conditions(View):
    """What a list can be narrowed down by."""

    name = ListName.PERSONS

    @describe(tag="Lists", returns=ConditionSerializer(many=True), refuses=(401, 403))
    def get(self, request: Request) -> Response:
        """List the conditions, criteria included."""
        policy.require(self.user, policy.Permission.CONTACTS_VIEW)
        scope = Scope(self.name, self.user, clock.now())
        rows = [
            {"code": found.code, "label": str(found.label)}
            for _group, offered in filters.offered(scope=scope)
            for found in offered
        ]
        return Response(ConditionSerializer(rows, many=True).data)


def _limit(values: list[str]) -> int:
    text = values[-1] if values else str(queries.PAGE_SIZE)
    known = text.isascii() and text.isdigit() and len(text) <= 3
    if not (known and 1 <= int(text) <= MOST_ROWS):
        raise errors.Invalid({"limit": [f"1 – {MOST_ROWS}"]})
    return int(text)
