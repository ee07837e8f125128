"""The light of every way to a person, and that it is what the gate says."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from consent import circumstances, consents, gate, lights, suppression
from consent.models import LedgerEvent
from contacts import addresses
from contacts.models import Address, ContactPoint, Person, Source
from crm.accounts.models import User

pytestmark = pytest.mark.django_db
Gives = Callable[..., LedgerEvent]


@pytest.fixture
def address(person: Person, admin: User, source: Source, at: datetime) -> Address:
    return addresses.add(
        actor=admin,
        record=person,
        values={"kind": "PRIVATE", "street": "Am Speicher 14", "postal_code": "10997",
                "city": "Berlin"},
        source=source,
        at=at,
    )  # fmt: skip


def states(person: Person, at: datetime) -> dict[str, str]:
    return {
        f"{way.point.kind} {light.channel}": light.state
        for way in lights.of(person, at=at).values()
        for light in way.first
    }


def test_nobody_was_asked(
    person: Person, mailbox: ContactPoint, number: ContactPoint, address: Address, at: datetime
) -> None:
    assert states(person, at) == {
        "EMAIL email": "ask",
        "MOBILE phone": "ask",
        "MOBILE sms": "ask",
        "POSTAL post": "if",
    }


def test_each_state_has_its_light(
    give_consent: Gives,
    person: Person,
    mailbox: ContactPoint,
    number: ContactPoint,
    admin: User,
    at: datetime,
) -> None:
    offer: dict[str, Any] = {"purposes": ["product_offer", "sales_call"]}
    give_consent(**offer)
    call = give_consent(point=number, channels=["phone", "sms"], **offer)
    assert states(person, at) == {
        "EMAIL email": "yes",
        "MOBILE phone": "yes",
        "MOBILE sms": "yes",
    }
    consents.withdraw(
        actor=admin, consents=[call], received_at=at, channels=["phone"], via="phone", at=at
    )
    assert states(person, at)["MOBILE phone"] == "no"
    assert states(person, at)["MOBILE sms"] == "yes"
    consents.withdraw(
        actor=admin, consents=[call], received_at=at, channels=["sms"], via="phone", at=at
    )
    assert states(person, at)["MOBILE sms"] == "no"
    assert states(person, at + timedelta(days=3 * 366))["EMAIL email"] == "check"


def test_a_no_to_one_channel_leaves_the_others_unasked(
    give_consent: Gives, person: Person, number: ContactPoint, at: datetime
) -> None:
    call = give_consent(point=number, channels=["phone"], purposes=["sales_call"])
    consents.withdraw(actor=None, consents=[call], received_at=at, via="letter", at=at)
    assert states(person, at) == {
        "EMAIL email": "ask",
        "MOBILE phone": "no",
        "MOBILE sms": "ask",
    }


def test_a_no_is_not_an_open_question(
    give_consent: Gives, person: Person, mailbox: ContactPoint, text: Any, at: datetime
) -> None:
    from consent import controllers

    consents.refuse(
        actor=None,
        declaration=consents.Declaration(
            person=person,
            point=mailbox,
            controller=controllers.default(),
            channels=["email"],
            purposes=["product_offer"],
            method="oral_inbound",
            declared_at=at,
        ),
        at=at,
    )
    assert states(person, at) == {"EMAIL email": "no"}


def test_every_light_is_the_answer_of_the_gate(
    give_consent: Gives,
    person: Person,
    mailbox: ContactPoint,
    number: ContactPoint,
    address: Address,
    make_person: Callable[..., Person],
    admin: User,
    source: Source,
    at: datetime,
) -> None:
    from contacts import contact_points

    give_consent(purposes=["product_offer"])
    give_consent(point=number, channels=["phone", "sms", "messenger"], purposes=["sales_call"])
    suppression.suppress(actor=admin, point=mailbox, effective_at=at, at=at)
    other = make_person("Anna", "Maier")
    contact_points.add(
        actor=admin, record=other, kind="MOBILE", value="0171 3920012", source=source, at=at
    )
    circumstances.object_to_marketing(
        actor=admin, person=other, received_at=at, via="phone", scope="cp", point=number, at=at
    )
    circumstances.note_service(actor=admin, person=person, relation="contract", since=at, at=at)
    compared = 0
    for way in lights.of(person, at=at).values():
        for light in (*way.advertising, way.service, way.appointment):
            asked = gate.may_contact(
                person=person,
                point=way.point,
                channel=light.channel,
                purpose=light.purpose,
                at=at,
            )
            assert light.decision == asked
            compared += 1
    assert compared == (2 + 2) + (5 + 2) + (1 + 2)


def test_a_person_is_read_once(
    give_consent: Gives,
    person: Person,
    number: ContactPoint,
    address: Address,
    at: datetime,
    django_assert_num_queries: Any,
) -> None:
    for _number in range(5):
        give_consent()
    with django_assert_num_queries(7):
        lights.of(person, at=at)
