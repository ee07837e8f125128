"""Declarations: what is recorded, and what is refused without a trace."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from consent import circumstances, consents, controllers, evidences, recording, texts
from consent.models import ConsentText, Controller, EventKind, Evidence, LedgerEvent, TextForm
from contacts.models import ContactPoint, Person
from crm.kernel import errors

pytestmark = pytest.mark.django_db
Gives = Callable[..., LedgerEvent]


def test_a_consent_says_what_on_which_text_with_which_proof(
    give_consent: Gives, person: Person, text: ConsentText, slip: Evidence
) -> None:
    consent = give_consent(flaws={"preticked": True})
    assert consent.kind == EventKind.GRANTED
    assert (consent.channels, consent.purposes) == (["email"], ["newsletter"])
    assert (consent.text, consent.evidence) == (text.sha256, [slip.sha256])
    assert consent.details == {
        "method": "paper",
        "proof": "full",
        "grade": "A",
        "preticked": True,
    }
    assert consent.payload.body == {"name": "Johanna Maier", "value": "j.maier@x.example"}
    assert "Maier" not in str(recording.core_of(consent))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"channels": ["pigeon"]}, "channels"),
        ({"channels": []}, "channels"),
        ({"purposes": ["fun"]}, "purposes"),
        ({"method": "telepathy"}, "method"),
        ({"text": None}, "text"),
        ({"evidence": []}, "evidence"),
    ],
)
def test_a_declaration_with_a_hole_is_refused(
    give_consent: Gives, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        give_consent(**wrong)
    assert list(refused.value.errors) == [field]
    assert not LedgerEvent.objects.exclude(kind=EventKind.TEXT_PUBLISHED).exists()


def test_an_import_without_proof_is_disputed(give_consent: Gives) -> None:
    assert give_consent(method="import").kind == EventKind.IMPORTED
    disputed = give_consent(method="import", text=None)
    assert disputed.kind == EventKind.DISPUTED
    assert disputed.details["proof"] == "none"


def test_a_contact_point_without_owner_is_refused(
    give_consent: Gives, make_person: Callable[..., Person]
) -> None:
    stranger = make_person("Hans", "Fremd")
    with pytest.raises(consents.NotHeld):
        give_consent(person=stranger)
    assert consents.of_person(stranger) == []


def test_the_text_must_fit(
    give_consent: Gives, controller: Controller, text: ConsentText, at: datetime
) -> None:
    narrow = texts.draft(
        actor=None,
        code="nur-post",
        form=TextForm.PAPER,
        title="Post",
        body="…",
        channels=["post"],
        purposes=["newsletter"],
        elements=[*texts.ELEMENTS],
        controller=controller,
        at=at,
    )
    with pytest.raises(errors.Invalid, match="Entwurf"):
        give_consent(text=narrow)
    texts.publish(actor=None, text=narrow, at=at)
    narrow.refresh_from_db()
    with pytest.raises(errors.Invalid, match="Kanal nicht: email"):
        give_consent(text=narrow)
    with pytest.raises(errors.Invalid, match="erst nach der Erklärung"):
        give_consent(declared_at=at - timedelta(days=1))
    other = Controller.objects.create(name="Andere GmbH")
    with pytest.raises(errors.Invalid, match="anderen Verantwortlichen"):
        give_consent(controller=other)


def test_a_withdrawal_before_the_consent_is_refused(give_consent: Gives, at: datetime) -> None:
    consent = give_consent()
    size = recording.size()
    with pytest.raises(consents.TooEarly):
        consents.withdraw(
            actor=None,
            consents=[consent],
            received_at=at - timedelta(seconds=1),
            via="phone",
            at=at,
        )
    assert recording.size() == size


def test_a_second_confirmation_adds_nothing(
    give_consent: Gives, mailbox: ContactPoint, at: datetime
) -> None:
    pending = give_consent(method="web_form", is_pending=True)
    assert pending.kind == EventKind.PENDING
    confirmation: dict[str, Any] = {
        "actor": None,
        "consent": pending,
        "how": "email_link",
        "point": mailbox,
        "channels": ["email"],
    }
    first = consents.confirm(**confirmation, effective_at=at, at=at)
    later = at + timedelta(hours=1)
    assert consents.confirm(**confirmation, effective_at=later, at=later) == first


def test_alive_are_those_that_nobody_ended(give_consent: Gives, at: datetime) -> None:
    kept, withdrawn, narrowed = (give_consent(channels=["email", "sms"]) for _each in range(3))
    consents.withdraw(actor=None, consents=[withdrawn], received_at=at, via="link", at=at)
    consents.withdraw(
        actor=None, consents=[narrowed], received_at=at, channels=["sms"], via="link", at=at
    )
    assert consents.alive([kept, withdrawn, narrowed]) == [kept, narrowed]


def test_texts_lack_nothing_when_published_and_never_change(
    controller: Controller, at: datetime
) -> None:
    draft = texts.draft(
        actor=None,
        code="luecke",
        form=TextForm.WEB_FORM,
        title="T",
        body="B",
        channels=["email"],
        purposes=["newsletter"],
        elements=[each for each in texts.ELEMENTS if each != "withdrawal"],
        controller=controller,
        at=at,
    )
    with pytest.raises(errors.Invalid, match="widerrufen") as refused:
        texts.publish(actor=None, text=draft, at=at)
    assert refused.value.data["missing"] == ["withdrawal"]
    draft.refresh_from_db()
    assert draft.status == "DRAFT"
    assert not LedgerEvent.objects.exists()


def test_evidence_is_what_it_says(db: None, at: datetime) -> None:
    with pytest.raises(errors.Invalid, match="passt nicht"):
        evidences.store(content=b"MZ", kind="SCAN", grade="A", media_type="image/png", at=at)
    assert not Evidence.objects.exists()


def test_an_objection_needs_its_scope(person: Person, at: datetime) -> None:
    for scope, field in (("some", "scope"), ("channel", "value"), ("cp", "point")):
        with pytest.raises(errors.Invalid) as refused:
            circumstances.object_to_marketing(
                actor=None, person=person, received_at=at, via="phone", scope=scope, at=at
            )
        assert list(refused.value.errors) == [field]
    assert not LedgerEvent.objects.exists()


def test_a_restriction_is_lifted_once(person: Person, at: datetime) -> None:
    event = circumstances.restrict(actor=None, person=person, ground="a", starts_at=at, at=at)
    lift: dict[str, Any] = {
        "actor": None,
        "event": event,
        "reason": "geklärt",
        "effective_at": at,
        "at": at,
    }
    circumstances.lift(**lift)
    with pytest.raises(errors.Conflict):
        circumstances.lift(**lift)
    assert recording.size() == 2


def test_one_default_controller(db: None) -> None:
    controllers.ensure()
    assert controllers.default().name == controllers.FIRST_NAME
    assert Controller.objects.count() == 1
