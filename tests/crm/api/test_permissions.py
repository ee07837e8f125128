"""``/persons/{id}/permissions``: lights, one question, the history."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from consent import consents
from consent.models import ContactDecision, LedgerEvent
from contacts.models import ContactPoint, Person
from tests.consent.conftest import (  # noqa: F401 - fixtures
    controller,
    give_consent,
    mailbox,
    number,
    person,
    slip,
    text,
)

pytestmark = pytest.mark.django_db
Gives = Callable[..., LedgerEvent]


def test_lights(api: Any, sales: Any, admin: Any, person: Person, give_consent: Gives) -> None:  # noqa: F811
    give_consent(purposes=["product_offer"])
    (way,) = api(admin).get(f"/api/v1/persons/{person.public_id}/permissions").json()
    assert (way["kind"], way["value"]) == ("EMAIL", "j.maier@x.example")
    light = way["lights"][0]
    assert (light["channel"], light["purpose"], light["state"]) == (
        "email",
        "product_offer",
        "yes",
    )
    assert light["decision"]["ground"] == "CONSENT"
    assert light["decision"]["explained"]["headline"].startswith("E-Mail erlaubt: Einwilligung vom")
    english = api(admin).get(f"/api/v1/persons/{person.public_id}/permissions", {"language": "en"})
    assert english.json()[0]["lights"][0]["decision"]["explained"]["headline"].startswith(
        "E-mail allowed"
    )
    assert api(sales).get(f"/api/v1/persons/{person.public_id}/permissions").status_code == 404


def test_one_question_as_known_then_and_now(
    api: Any,
    admin: Any,
    person: Person,  # noqa: F811
    mailbox: ContactPoint,  # noqa: F811
    give_consent: Gives,  # noqa: F811
    at: datetime,
) -> None:
    consent = give_consent()
    keyed = at + timedelta(days=2)
    consents.withdraw(
        actor=admin, consents=[consent], received_at=at + timedelta(hours=1), via="letter", at=keyed
    )
    question: dict[str, Any] = {
        "contact_point": str(mailbox.public_id),
        "channel": "email",
        "purpose": "newsletter",
        "at": (at + timedelta(days=1)).isoformat(),
    }
    url = f"/api/v1/persons/{person.public_id}/permissions/ask"
    then = api(admin).post(url, question | {"known_at": question["at"]}, format="json").json()
    now = api(admin).post(url, question, format="json").json()
    assert (then["outcome"], then["decisive"]) == ("ALLOW", str(consent.public_id))
    assert (now["outcome"], now["codes"][0]) == ("DENY", "CONSENT_WITHDRAWN")
    assert not ContactDecision.objects.exists()


def test_a_question_about_a_strange_contact_point_is_refused(
    api: Any,
    admin: Any,
    mailbox: ContactPoint,  # noqa: F811
    make_person: Callable[..., Person],
) -> None:
    stranger = make_person("Hans", "Fremd")
    answer = api(admin).post(
        f"/api/v1/persons/{stranger.public_id}/permissions/ask",
        {"contact_point": str(mailbox.public_id), "channel": "email", "purpose": "newsletter"},
        format="json",
    )
    assert answer.status_code == 422
    assert answer.json()["code"] == "contact-point-without-owner"


def test_the_history(api: Any, admin: Any, person: Person, give_consent: Gives) -> None:  # noqa: F811
    give_consent()
    page = api(admin).get(f"/api/v1/persons/{person.public_id}/consent-history").json()
    assert page["next"] is None
    assert [entry["title"] for entry in page["results"]] == ["Einwilligung erteilt"]
