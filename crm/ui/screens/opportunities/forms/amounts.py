"""Amounts of money and percentages as people type them."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from crm.ui import formats

CENT = Decimal("0.01")
MOST_DIGITS = 20
THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+\Z")


class AmountField(forms.CharField):
    """An amount in EUR: ``184.500``, ``184500,00`` and ``184,500.00`` are the same."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(**{"required": False, "max_length": 40, "widget": widget, **options})

    def prepare_value(self, value: Any) -> Any:
        """As it is printed."""
        return formats.number(value, decimals=2) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        """The amount, or None for nothing.

        :raises forms.ValidationError: it cannot be read
        """
        text = re.sub(r"[\s€\u00a0]|EUR", "", str(super().clean(value) or ""))
        if not text:
            return None
        try:
            amount = Decimal(_with_point(text))
            if not amount.is_finite() or amount.adjusted() > MOST_DIGITS:
                raise InvalidOperation
            return amount.quantize(CENT)
        except InvalidOperation as error:
            raise forms.ValidationError(
                _("„%(text)s“ ist kein Betrag. Schreiben Sie zum Beispiel 184.500,00.")
                % {"text": text}
            ) from error


class PercentField(forms.IntegerField):
    """A whole number; whether it is a percentage is judged by the service, in words."""

    def __init__(self, **options: Any) -> None:
        widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": "0", "max": "100"})
        super().__init__(**{"required": False, "widget": widget, **options})


def _with_point(text: str) -> str:
    """The last of two kinds of signs parts the cents; points alone may part the thousands."""
    if "," in text and "." in text:
        decimal = max(",", ".", key=text.rfind)
        thousand = "." if decimal == "," else ","
        return text.replace(thousand, "").replace(decimal, ".")
    if "," in text:
        return text.replace(",", ".")
    return text.replace(".", "") if THOUSANDS.match(text) else text
