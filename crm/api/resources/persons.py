"""``/persons``."""

from uuid import UUID

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts import persons
from contacts.models import Person, Salutation
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

TAG = "Persons"
OWN_FIELDS = ("salutation", "title", "given_name", "particle", "surname", "birth_date", "language")


class PersonSerializer(RecordSerializer, serializers.ModelSerializer[Person]):
    """A person with contact points, addresses, roles and qualification."""

    class Meta:
        model = Person
        fields = (*RECORD_FIELDS[:2], *OWN_FIELDS, *RECORD_FIELDS[2:])


class PersonCreated(PersonSerializer):
    """The new person, and who looks like it."""

    suspects = checks.SuspectSerializer(many=True, read_only=True)
    hidden_suspect = checks.HiddenSuspect(read_only=True, allow_null=True)

    class Meta(PersonSerializer.Meta):
        fields = (*PersonSerializer.Meta.fields, *checks.FIELDS)


class PersonChange(Writing):
    """Fields to change; those left out stay."""

    salutation = serializers.ChoiceField(choices=Salutation.choices, required=False)
    title = serializers.CharField(max_length=100, required=False, allow_blank=True)
    given_name = serializers.CharField(max_length=150, required=False, allow_blank=True)
    particle = serializers.CharField(max_length=50, required=False, allow_blank=True)
    surname = serializers.CharField(max_length=150, required=False, allow_blank=True)
    birth_date = serializers.DateField(required=False, allow_null=True)
    language = serializers.CharField(max_length=10, required=False, allow_blank=True)


class PersonDetail(View):
    """One person."""

    writing = Permission.CONTACTS_EDIT

    @describe(tag=TAG, returns=PersonSerializer, operation_id="person_read", refuses=(401, 404))
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read a person."""
        return Response(shown(self, self.person(public_id)))

    @describe(
        tag=TAG,
        body=PersonChange,
        returns=PersonSerializer,
        refuses=(400, 401, 403, 404, 409),
        operation_id="person_update",
    )
    def patch(self, request: Request, public_id: UUID) -> Response:
        """Change a person's own fields, owner or team."""
        person = record.change(
            self,
            self.read(PersonChange, partial=True),
            persons.update,
            person=self.person(public_id),
        )
        return Response(shown(self, person))


def create(view: View) -> Response:
    """Create a person from the request's body (``POST /persons``)."""
    person = record.create(view, view.read(PersonChange), persons.create)
    told = shown(view, person) | checks.of_created(view, person)
    return Response(told, status=status.HTTP_201_CREATED)


def shown(view: View, person: Person) -> dict[str, object]:
    """The person as the API shows it to the view's user, read afresh."""
    return PersonSerializer(with_parts(Person.objects, user=view.user).get(pk=person.pk)).data
