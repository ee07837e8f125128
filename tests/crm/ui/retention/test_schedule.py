"""The screen of retention."""

import pytest
from django.test import Client
from django.urls import reverse

from consent.models import RetentionPeriod, RetentionRun
from crm.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, privacy: User) -> Client:
    client.force_login(privacy)
    return client


def test_a_trial_run_is_told_and_erases_nothing(desk: Client) -> None:
    desk.post(reverse("retention-preview"))
    assert RetentionRun.objects.get().is_dry
    assert "Probelauf" in desk.get(reverse("retention")).content.decode()


def test_a_period_below_the_law_is_refused_with_the_law(desk: Client) -> None:
    url = reverse("retention-period", args=["booking_voucher"])
    answer = desk.post(url, {"number": "7", "unit": "years"})
    assert answer.status_code == 422
    assert "§ 257 HGB, § 147 AO verlangt mindestens 8 Jahre" in answer.content.decode()
    assert not RetentionPeriod.objects.exists()
    desk.post(url, {"number": "10", "unit": "years"})
    assert RetentionPeriod.objects.get().number == 10
    assert "10 Jahre" in desk.get(reverse("retention")).content.decode()


def test_what_has_no_period_has_no_form(desk: Client) -> None:
    for rule in ("suppression_hash", "nichts"):
        assert desk.get(reverse("retention-period", args=[rule])).status_code == 404
