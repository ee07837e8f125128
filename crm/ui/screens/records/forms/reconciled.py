"""Forms that notice when somebody else changed the same thing in the meantime."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext as _

from contacts import changes
from contacts.changes import Change
from contacts.contact_points import Record
from contacts.reconciling import reconcile
from crm.kernel.audit import jsonable
from crm.ui import forms as refusals

Result = TypeVar("Result")
DATA_KEYS = ("base", "version")


class ReconciledForm(forms.Form):
    """Carries the values it showed at first (``base``) and the record's ``version``."""

    def track(self, *, record: Record, current: Mapping[str, Any]) -> None:
        """Take note of the record and of what stands in it now."""
        self.record = record
        self.current = dict(current)
        self.conflict: list[Change] = []
        self.base: dict[str, Any] = jsonable(self.current)
        self.version = record.version
        if self.is_bound:
            self.base = _json(self.data.get("base", ""))
            sent = str(self.data.get("version", ""))
            self.version = int(sent) if sent.isdecimal() else record.version

    @property
    def base_text(self) -> str:
        """For the hidden field."""
        return json.dumps(self.base)

    def values(self) -> dict[str, Any]:
        """What was sent, as the service takes it; only names that :meth:`track` was given."""
        return {name: self.cleaned_data[name] for name in self.current if name in self.cleaned_data}

    def dispute(self, disputed: Mapping[str, Any]) -> None:
        """Say what the other wrote. Sending the form again overwrites it knowingly."""
        self.conflict = changes.since(
            record=self.record, version=self.version, actual=self.record.version
        )
        self.base, self.version = jsonable(self.current), self.record.version
        for name, value in disputed.items():
            text = _("Dort steht inzwischen „%(value)s“.") % {"value": value or _("nichts")}
            self.add_error(name if name in self.fields else None, text)


def save(form: ReconciledForm, write: Callable[[dict[str, Any], int], Result]) -> Result | None:
    """``write(values that were changed, version)``, or None with the errors in the form."""
    if not form.is_valid():
        return None
    result = reconcile(base=form.base, mine=form.values(), theirs=form.current)
    if result.disputed:
        form.dispute(result.disputed)
        return None
    return refusals.carry_out(form, lambda _data: write(result.values, form.record.version))


def _json(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
