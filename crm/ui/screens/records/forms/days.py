"""Days in forms."""

from datetime import date
from typing import Any

from django import forms

from contacts.matching import normalise
from crm.kernel import clock


class DayField(forms.DateField):
    """A day, chosen or typed in the browser's own control."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"required": False, "widget": widget, **options})


class BirthDayField(forms.CharField):
    """A birth date in any German notation."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": 40, **options})

    def prepare_value(self, value: Any) -> Any:
        """``14.02.1971``."""
        return value.strftime("%d.%m.%Y") if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """The day, or None.

        :raises forms.ValidationError: it cannot be read
        """
        text = super().clean(value)
        if not text:
            return None
        try:
            return normalise.birth_date(text, today=clock.today())
        except normalise.Unreadable as error:
            raise forms.ValidationError(str(error)) from error
