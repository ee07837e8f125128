"""An open form of the newsletter, and what somebody enters in it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache

from consent import tasks
from consent.models import ConsentText, SignUpForm
from consent.notices import starters, versions
from consent.optin import sign_up_forms, sign_ups
from consent.optin.sign_ups import Wanted
from crm.kernel import clock
from tests import notice_cast

MAILBOX = "lena.brandt@havelberg.example"


@pytest.fixture
def notice(controller: Any, at: datetime) -> Any:
    """The notice of advertising is in force since yesterday."""
    day_ago = at - timedelta(days=1)
    controller = notice_cast.responsible()
    starters.create(actor=None, controller=controller, at=day_ago)
    draft = versions.draft(actor=None, controller=controller, purpose="advertising", at=day_ago)
    return versions.publish(actor=None, version=draft, at=day_ago)


@pytest.fixture
def newsletter(published: Callable[..., ConsentText], notice: Any) -> ConsentText:
    """The text of the newsletter, in German."""
    return published("newsletter")


@pytest.fixture
def form(newsletter: ConsentText, at: datetime) -> SignUpForm:
    """Its form, open."""
    cache.clear()
    return sign_up_forms.open_for(actor=None, text=newsletter, at=at)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is left to the background is done at once; what it was told is listed."""
    told: list[dict[str, Any]] = []

    def carry_out(wanted: dict[str, Any]) -> None:
        told.append(wanted)
        sign_ups.carry_out(Wanted.read(wanted), at=clock.now())

    monkeypatch.setattr(tasks.send_sign_up, "delay", carry_out)
    return told
