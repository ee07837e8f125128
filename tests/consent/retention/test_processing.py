"""The record of processing activities follows the configuration and tells what changed."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from consent.desk import reports
from consent.models import ProcessingRecord
from consent.retention import processing, rules
from crm.accounts.models import User
from crm.kernel import errors


def test_it_tells_purposes_recipients_and_periods(privacy: User, at: datetime) -> None:
    made = processing.make(actor=privacy, at=at)
    rows = {row[0]: row for row in made.rows}
    assert set(rows) >= {"Werbung und Verkauf", "Verträge und Service"}
    text = " ".join(rows["Werbung und Verkauf"])
    for part in ("Newsletter", "Kontakthistorie", "Beschäftigte", "Rechnungen: 8 Jahre"):
        assert part in text
    assert all(all(cell for cell in row) for row in made.rows)
    assert reports.pdf(made).startswith(b"%PDF")
    assert reports.table(made).decode("utf-8-sig").startswith("Tätigkeit;")
    assert made.data["differences"] != []


def test_the_next_one_tells_what_changed(privacy: User, at: datetime, settings: Any) -> None:
    processing.make(actor=privacy, at=at)
    assert processing.make(actor=privacy, at=at + timedelta(days=1)).data["differences"] == []
    rules.set_period(actor=privacy, rule="booking_voucher", number=10, unit="years", at=at)
    settings.SMS_URL = "https://sms.example"
    changed = processing.make(actor=privacy, at=at + timedelta(days=2)).data["differences"]
    columns = {name for _activity, name, _was, _now in changed}
    assert columns == {"d) Empfänger", "f) Löschfristen"}
    assert "SMS-Dienst" in next(now for _a, name, _w, now in changed if name == "d) Empfänger")
    assert ProcessingRecord.objects.count() == 3


def test_only_who_handles_requests_makes_it(team_lead: User, at: datetime) -> None:
    with pytest.raises(errors.NotPermitted):
        processing.make(actor=team_lead, at=at)
    assert not ProcessingRecord.objects.exists()
