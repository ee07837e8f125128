"""Devices: who may register one, until when it may send, and what it takes along."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings

from consent.models import ConsentText
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.fairs import devices, keys, kit
from history.models import CaptureDevice, Event


def test_a_device_is_known_by_its_secret_alone(sales: User, event: Event, at: datetime) -> None:
    device, secret = devices.register(actor=sales, event=event, name=" Tablet ", at=at)
    assert secret.startswith("ed_")
    assert secret not in repr(CaptureDevice.objects.values().get())
    found = devices.device_for(secret=secret, at=at)
    assert (found, found.name, found.user) == (device, "Tablet", sales)
    assert CaptureDevice.objects.get().seen_at == at
    with pytest.raises(devices.NotUsable):
        devices.device_for(secret="ed_x", at=at)
    entry = AuditEntry.objects.get(action="capture-device.registered")
    assert (entry.actor_id, entry.object_id) == (sales.pk, device.pk)


def test_it_expires_14_days_after_the_event(sales: User, event: Event, at: datetime) -> None:
    device, secret = devices.register(actor=sales, event=event, name="Tablet", at=at)
    assert device.expires_at == datetime(2026, 4, 2, 22, tzinfo=UTC)  # midnight in Berlin
    last = device.expires_at - timedelta(seconds=1)
    assert devices.device_for(secret=secret, at=last) == device
    with pytest.raises(devices.NotUsable, match="abgelaufen"):
        devices.device_for(secret=secret, at=device.expires_at)


def test_revoked_it_is_at_an_end(sales: User, event: Event, at: datetime) -> None:
    device, secret = devices.register(actor=sales, event=event, name="Tablet", at=at)
    for _twice in range(2):
        devices.revoke(actor=sales, device=device, at=at)
    with pytest.raises(devices.NotUsable, match="beendet"):
        devices.device_for(secret=secret, at=at)
    assert AuditEntry.objects.filter(action="capture-device.revoked").count() == 1


def test_so_it_is_with_the_account(sales: User, event: Event, at: datetime) -> None:
    _device, secret = devices.register(actor=sales, event=event, name="Tablet", at=at)
    User.objects.filter(pk=sales.pk).update(is_active=False)
    with pytest.raises(devices.NotUsable, match="stillgelegt"):
        devices.device_for(secret=secret, at=at)


def test_only_ones_own_or_as_team_lead(
    device: CaptureDevice, make_user: Any, team_lead: User, at: datetime
) -> None:
    colleague = make_user("SALES")
    with pytest.raises(errors.NotPermitted):
        devices.revoke(actor=colleague, device=device, at=at)
    with pytest.raises(errors.NotFound):
        devices.owned_device(user=colleague, public_id=device.public_id)
    device.refresh_from_db()
    assert device.revoked_at is None
    assert devices.owned_device(user=team_lead, public_id=device.public_id) == device
    devices.revoke(actor=team_lead, device=device, at=at)
    device.refresh_from_db()
    assert device.revoked_at == at


def test_who_may_not_register(
    event: Event, sales: User, privacy: User, make_user: Any, at: datetime
) -> None:
    with pytest.raises(errors.NotPermitted):
        devices.register(actor=privacy, event=event, name="x", at=at)
    with pytest.raises(errors.NotFound):
        devices.register(actor=make_user("SALES"), event=event, name="x", at=at)
    with pytest.raises(errors.Invalid) as caught:
        devices.register(actor=sales, event=event, name=" ", at=at + timedelta(days=60))
    assert set(caught.value.errors) == {"name", "event"}
    assert not CaptureDevice.objects.exists()


def test_the_key_of_a_device_is_its_own(tmp_path: Any, settings: Any) -> None:
    settings.KEY_DIR = tmp_path
    keys.visitors_key.cache_clear()
    try:
        first, second = UUID(int=1), UUID(int=2)
        assert len(keys.key_of_device(first)) == 32
        assert keys.key_of_device(first) == keys.key_of_device(first)
        assert keys.key_of_device(first) != keys.key_of_device(second)
        assert (tmp_path / "visitors.key").stat().st_mode & 0o077 == 0
    finally:
        keys.visitors_key.cache_clear()


def test_a_device_takes_everything_along(
    device: CaptureDevice, text: ConsentText, at: datetime, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        found = kit.of(device=device, at=at)
    assert found.texts == [text]
    assert found.channels == {"email": "E‑Mail", "phone": "Anruf", "sms": "SMS"}
    assert [each["code"] for each in found.purposes_of(text)] == ["product_offer", "sales_call"]
    assert found.visitor_base == f"{django_settings.PUBLIC_URL}/messe/ja/"
    assert found.notice is None
    assert found.piece_bytes == 512 * 1024
