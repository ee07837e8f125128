"""What ``commerce/of_record.html`` needs."""

from datetime import date
from typing import Any

from django.urls import reverse

from contacts.contact_points import Record
from crm.accounts.models import User
from crm.ui.screens.commerce import spark
from crm.ui.screens.records import subject
from history.commerce import of_record


def context(*, record: Record, user: User, today: date) -> dict[str, Any]:
    """The context of the panel, under the name ``trade``; at most six queries."""
    found = of_record.of_record(record=record, user=user, today=today)
    return {
        "trade": {
            "found": found,
            "bars": spark.bars(found.months),
            "said": spark.said(found.months),
            "today": today,
            "url": reverse("order-history", args=[subject.kind_of(record), record.public_id]),
        }
    }
