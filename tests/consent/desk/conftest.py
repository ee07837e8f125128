"""A contact that was allowed when it was made, and a withdrawal that came to light later."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from consent import consents, gate
from consent.models import LedgerEvent
from contacts.models import ContactPoint, Person
from crm.accounts.models import User

Gives = Callable[..., LedgerEvent]


@pytest.fixture(autouse=True)
def _anchors(settings: Any, tmp_path: Path) -> None:
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"


@pytest.fixture
def call(
    give_consent: Gives, person: Person, number: ContactPoint, admin: User, at: datetime
) -> LedgerEvent:
    """A call on a written consent, an hour after it was given."""
    give_consent(point=number, channels=["phone"], purposes=["sales_call"])
    called = at + timedelta(hours=1)
    permit = gate.permit(
        actor=admin,
        person=person,
        point=number,
        channel="phone",
        purpose="sales_call",
        at=called,
    )
    return gate.use(actor=admin, decision=permit, reference="Anruf 7719", at=called)


@pytest.fixture
def consent_of_call(call: LedgerEvent) -> LedgerEvent:
    assert call.about is not None
    return consents.consent_for(call.about)


@pytest.fixture
def late_letter(consent_of_call: LedgerEvent, admin: User, at: datetime) -> LedgerEvent:
    """Received before the call, keyed three days later."""
    (withdrawn,) = consents.withdraw(
        actor=admin,
        consents=[consent_of_call],
        received_at=at + timedelta(minutes=30),
        via="letter",
        at=at + timedelta(days=3),
        payload={"wording": "Bitte rufen Sie mich nicht mehr an."},
    )
    return withdrawn
