"""``/persons/suspects`` and ``/companies/suspects``: who looks like what is about to be entered."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.contact_points import Record
from contacts.duplicates import offering, typed
from contacts.duplicates.offering import Offer
from contacts.duplicates.typed import Typed, TypedPlace, TypedPoint
from contacts.matching.explain import BANDS
from contacts.matching.signatures import Facts
from contacts.models import ContactPointKind, MatchingKind
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.api.resources.duplicates import TAG, ExplanationSerializer, SuspectRecord
from crm.kernel import clock

FIELDS = ("suspects", "hidden_suspect")
MOST = 50


class SuspectSerializer(SuspectRecord):
    """A record that looks like what was typed or created."""

    id = serializers.UUIDField(source="record.public_id")
    full_name = serializers.CharField(source="record.full_name")
    weight = serializers.FloatField(help_text="In bits; 0 is the threshold.")
    band = serializers.ChoiceField(choices=list(BANDS))
    explanation = ExplanationSerializer()


class HiddenSuspect(serializers.Serializer):
    """Something that you may not see looks like that, too."""

    ask = serializers.UUIDField(
        source="ask.public_id", allow_null=True, default=None,
        help_text="The user who knows more; null: the administration.",
    )  # fmt: skip
    ask_name = serializers.CharField(source="ask.full_name", default="")


class OfferSerializer(serializers.Serializer):
    """The strongest suspects first, at most five."""

    suspects = SuspectSerializer(many=True)
    hidden_suspect = HiddenSuspect(source="hidden", allow_null=True)


class TypedPointSerializer(serializers.Serializer):
    """A contact point in any notation."""

    kind = serializers.ChoiceField(choices=ContactPointKind.choices)
    value = serializers.CharField(max_length=400, allow_blank=True)


class TypedPlaceSerializer(serializers.Serializer):
    """An address; ``street`` may hold the house number."""

    street = serializers.CharField(max_length=220, required=False, allow_blank=True)
    house_number = serializers.CharField(max_length=20, required=False, allow_blank=True)
    postal_code = serializers.CharField(max_length=12, required=False, allow_blank=True)
    city = serializers.CharField(max_length=150, required=False, allow_blank=True)
    country = serializers.CharField(max_length=2, required=False, allow_blank=True)


class TypedReach(serializers.Serializer):
    """What persons and companies have in common."""

    contact_points: Any = serializers.ListSerializer(
        child=TypedPointSerializer(), required=False, max_length=MOST
    )
    addresses: Any = serializers.ListSerializer(
        child=TypedPlaceSerializer(), required=False, max_length=MOST
    )


class TypedPerson(TypedReach):
    """What is known of a person so far; a value that cannot be read says nothing."""

    name = serializers.CharField(
        max_length=300, required=False, allow_blank=True,
        help_text="In one line; read only if its parts are not given.",
    )  # fmt: skip
    given_name = serializers.CharField(max_length=150, required=False, allow_blank=True)
    surname = serializers.CharField(max_length=150, required=False, allow_blank=True)
    birth_date = serializers.CharField(max_length=40, required=False, allow_blank=True)
    company = serializers.UUIDField(required=False, allow_null=True)
    company_name = serializers.CharField(max_length=250, required=False, allow_blank=True)


class TypedCompany(TypedReach):
    """What is known of a company so far; a value that cannot be read says nothing."""

    name = serializers.CharField(max_length=250, required=False, allow_blank=True)
    vat_id = serializers.CharField(max_length=40, required=False, allow_blank=True)


class PersonSuspects(View):
    """Before a person is created."""

    writing = Permission.CONTACTS_EDIT

    @describe(tag=TAG, body=TypedPerson, returns=OfferSerializer, operation_id="person_suspects")
    def post(self, request: Request) -> Response:
        """Ask who looks like a person; nothing is written."""
        body = self.read(TypedPerson)
        company = body.pop("company", None)
        known = _typed(body, company=self.company(company) if company else None)
        facts = typed.of_person(known, today=clock.today())
        return Response(_answer(self.user, facts, MatchingKind.PERSON))


class CompanySuspects(View):
    """Before a company is created."""

    writing = Permission.CONTACTS_EDIT

    @describe(
        tag=TAG, body=TypedCompany, returns=OfferSerializer, refuses=(400, 401, 403),
        operation_id="company_suspects",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Ask what looks like a company; nothing is written."""
        facts = typed.of_company(_typed(self.read(TypedCompany)))
        return Response(_answer(self.user, facts, MatchingKind.COMPANY))


def of_created(view: View, record: Record) -> dict[str, Any]:
    """Who looks like a record that was just created: the fields :data:`FIELDS`."""
    return _told(offering.offer(user=view.user, record=record))


def _answer(user: User, facts: Facts, kind: str) -> dict[str, Any]:
    return _told(offering.offer(user=user, record=facts, kind=kind))


def _told(found: Offer) -> dict[str, Any]:
    return dict(OfferSerializer(found).data)


def _typed(body: dict[str, Any], **more: Any) -> Typed:
    points = [TypedPoint(**each) for each in body.pop("contact_points", [])]
    places = [TypedPlace(**each) for each in body.pop("addresses", [])]
    return Typed(**body, **more, points=points, places=places)
