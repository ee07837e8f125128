"""Fields that are read while somebody types: how a value is understood stands under the field."""

from typing import Any

from django.forms.boundfield import BoundField
from django.urls import reverse


def check_live(field: BoundField, what: str, *, include: str = "closest form") -> None:
    """Let the server read the field 400 ms after the last key.

    ``what`` is one of :data:`crm.ui.screens.records.checks.CHECKS`; the answer goes into the
    element with the field's id and ``_reading`` (template ``records/reading.html``).
    """
    attributes: dict[str, Any] = {
        "hx-post": reverse("record-check", args=[what]),
        "hx-trigger": "input changed delay:400ms, change",
        "hx-target": f"#{field.auto_id}_reading",
        "hx-swap": "innerHTML",
        "hx-include": include,
        "hx-sync": "this:replace",
        "autocomplete": "off",
    }
    field.field.widget.attrs |= attributes
