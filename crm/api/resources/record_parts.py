"""What hangs on a person or company: ``/persons/{id}/contact-points`` and its siblings.

Each view serves both kinds of records; ``kind`` comes from the address.
"""

from typing import Any
from uuid import UUID

from django.db import models, transaction
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts import (
    access,
    addresses,
    contact_points,
    employments,
    external_ids,
    freshness,
    qualification,
)
from contacts.models import Criterion, CriterionValue, Employment, Person
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.api.resources.parts import (
    AddressInput,
    AddressSerializer,
    ContactPointChange,
    ContactPointInput,
    ContactPointSerializer,
    CriterionAnswer,
    CriterionValueSerializer,
    EmploymentChange,
    EmploymentInput,
    EmploymentSerializer,
    ExternalIdInput,
    ExternalIdSerializer,
)
from crm.kernel import clock, errors

TAG = "Parts of a record"


class PartView(View):
    """A view below ``/persons/{public_id}`` or ``/companies/{public_id}``."""

    kind: str = "person"
    writing = Permission.CONTACTS_EDIT

    def record(self, public_id: UUID) -> contact_points.Record:
        return self.person(public_id) if self.kind == "person" else self.company(public_id)

    def part(self, rows: Any, part_id: int) -> Any:
        """One row of the record by its id; of another record it is not found."""
        row: models.Model | None = rows.filter(pk=part_id).first()
        if row is None:
            raise errors.NotFound(id=part_id)
        return row


class ContactPoints(PartView):
    """Contact points of a record."""

    @describe(tag=TAG, body=ContactPointInput, returns=ContactPointSerializer, status=201)
    def post(self, request: Request, public_id: UUID) -> Response:
        """Give the record a contact point."""
        record = self.record(public_id)
        body = self.read(ContactPointInput)
        holder = contact_points.add(
            actor=self.user, record=record, source=self.source(body), **body, at=clock.now()
        )
        return Response(ContactPointSerializer(holder).data, status=status.HTTP_201_CREATED)


class ContactPointDetail(PartView):
    """One contact point of a record."""

    @describe(tag=TAG, body=ContactPointChange, returns=ContactPointSerializer)
    def patch(self, request: Request, public_id: UUID, part_id: int) -> Response:
        """Change purpose, label, preference or status, or say how it was verified."""
        holder = self.part(contact_points.held_by(self.record(public_id)), part_id)
        body = self.read(ContactPointChange, partial=True)
        new_status, how = body.pop("status", None), body.pop("verified_how", None)
        at = clock.now()
        with transaction.atomic():
            if body:
                contact_points.update(actor=self.user, holder=holder, values=body, at=at)
            if new_status:
                contact_points.set_status(actor=self.user, holder=holder, status=new_status, at=at)
            if how:
                contact_points.verify(actor=self.user, holder=holder, how=how, at=at)
        holder = self.part(contact_points.held_by(self.record(public_id)), part_id)
        return Response(ContactPointSerializer(holder).data)

    @describe(tag=TAG, returns=None, status=204)
    def delete(self, request: Request, public_id: UUID, part_id: int) -> Response:
        """Take the contact point from the record."""
        holder = self.part(contact_points.held_by(self.record(public_id)), part_id)
        contact_points.remove(actor=self.user, holder=holder, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Addresses(PartView):
    """Addresses of a record."""

    @describe(tag=TAG, body=AddressInput, returns=AddressSerializer, status=201)
    def post(self, request: Request, public_id: UUID) -> Response:
        """Give the record an address."""
        record = self.record(public_id)
        body = self.read(AddressInput)
        source, confirmed_on = self.source(body), body.pop("confirmed_on", None)
        address = addresses.add(
            actor=self.user,
            record=record,
            values=body,
            source=source,
            confirmed_on=confirmed_on,
            at=clock.now(),
        )
        return Response(AddressSerializer(address).data, status=status.HTTP_201_CREATED)


class AddressDetail(PartView):
    """One address of a record."""

    @describe(tag=TAG, body=AddressInput, returns=AddressSerializer)
    def patch(self, request: Request, public_id: UUID, part_id: int) -> Response:
        """Correct an address; set ``valid_to`` when the record moved away."""
        address = self.part(self.record(public_id).addresses.all(), part_id)
        body = self.read(AddressInput, partial=True)
        source, confirmed_on = self.source(body), body.pop("confirmed_on", None)
        address = addresses.update(
            actor=self.user,
            address=address,
            values=body,
            source=source,
            confirmed_on=confirmed_on,
            at=clock.now(),
        )
        return Response(AddressSerializer(address).data)


class RoleView(PartView):
    """A view on roles of persons."""

    def shown(self, employment: Employment) -> dict[str, Any]:
        """The role as the API shows it to the user, read afresh."""
        row = access.employments_of(self.user).get(pk=employment.pk)
        return dict(EmploymentSerializer(row).data)


class Employments(RoleView):
    """Roles of a person."""

    @describe(tag=TAG, body=EmploymentInput, returns=EmploymentSerializer, status=201)
    def post(self, request: Request, public_id: UUID) -> Response:
        """Say that the person works at a company."""
        person = self.person(public_id)
        body = self.read(EmploymentInput)
        source, confirmed_on = self.source(body), body.pop("confirmed_on", None)
        company = access.company_for(user=self.user, public_id=body.pop("company"))
        employment = employments.add(
            actor=self.user,
            person=person,
            company=company,
            values=body,
            source=source,
            confirmed_on=confirmed_on,
            at=clock.now(),
        )
        return Response(self.shown(employment), status=status.HTTP_201_CREATED)


class EmploymentDetail(RoleView):
    """One role of a person."""

    @describe(tag=TAG, body=EmploymentChange, returns=EmploymentSerializer)
    def patch(self, request: Request, public_id: UUID, part_id: int) -> Response:
        """Change a role; set ``ended_on`` when the person left."""
        employment = self.part(self.person(public_id).employments.all(), part_id)
        employment = employments.update(
            actor=self.user,
            employment=employment,
            values=self.read(EmploymentChange, partial=True),
            at=clock.now(),
        )
        return Response(self.shown(employment))


class ExternalIds(PartView):
    """The record's numbers in other systems."""

    @describe(tag=TAG, body=ExternalIdInput, returns=ExternalIdSerializer, status=201)
    def post(self, request: Request, public_id: UUID) -> Response:
        """Remember a number."""
        record = self.record(public_id)
        body = self.read(ExternalIdInput)
        number = external_ids.add(
            actor=self.user, record=record, source=self.source(body), **body, at=clock.now()
        )
        return Response(ExternalIdSerializer(number).data, status=status.HTTP_201_CREATED)


class ExternalIdDetail(PartView):
    """One number in another system."""

    @describe(tag=TAG, returns=None, status=204)
    def delete(self, request: Request, public_id: UUID, part_id: int) -> Response:
        """Forget a number."""
        number = self.part(self.record(public_id).external_ids.all(), part_id)
        external_ids.remove(actor=self.user, number=number, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Qualification(PartView):
    """The answer to one criterion."""

    @describe(
        tag=TAG,
        body=CriterionAnswer,
        returns=CriterionValueSerializer,
        refuses=(400, 401, 403, 404, 422),
    )
    def put(self, request: Request, public_id: UUID, code: str) -> Response:
        """Answer a criterion; ``null`` takes the answer back."""
        record = self.record(public_id)
        subject = "PERSON" if isinstance(record, Person) else "COMPANY"
        criterion = Criterion.objects.filter(code=code, subject=subject).first()
        if criterion is None:
            raise errors.NotFound(criterion=code)
        body = self.read(CriterionAnswer)
        row = qualification.set_value(
            actor=self.user,
            record=record,
            criterion=criterion,
            source=self.source(body),
            **body,
            at=clock.now(),
        )
        if row is None:
            row = CriterionValue(criterion=criterion)  # none is kept
        return Response(CriterionValueSerializer(row).data)


class Confirmation(PartView):
    """That the whole record is right today."""

    @describe(tag=TAG, returns=None, status=204)
    def post(self, request: Request, public_id: UUID) -> Response:
        """Confirm the record and all its current data."""
        record = self.record(public_id)
        freshness.confirm_record(actor=self.user, record=record, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
