"""Values of conditions, checked and brought into the form in which addresses hold them."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from contacts.listing.filters.kinds import Entry, Filter, Values, choice_of
from contacts.listing.scope import Scope
from crm.kernel import errors

LONGEST = 200
MOST = 50
LARGEST = Decimal(10) ** 15


def checked(*, scope: Scope, filter: Filter, values: Sequence[str]) -> Values:
    """``values`` stripped and without repetitions; ranges as two ISO dates or plain numbers.

    :raises errors.Invalid: empty, unknown, malformed; the field is the filter's code
    """
    texts = [value.strip() for value in values]
    if filter.entry in (Entry.DATE_RANGE, Entry.NUMBER_RANGE):
        return _range(filter, texts)
    if filter.entry is Entry.TEXT:
        texts = [part.strip() for text in texts for part in text.split(",")]
    found = tuple(dict.fromkeys(text for text in texts if text))
    if not found:
        raise _wrong(filter, _("Bitte geben Sie an, wonach gefiltert werden soll."))
    if len(found) > MOST or any(len(text) > LONGEST or "\0" in text for text in found):
        raise _wrong(filter, _("Das ist zu viel für eine Bedingung."))
    if filter.single and len(found) > 1:
        raise _wrong(filter, _("Hier ist nur eine Angabe möglich."))
    if filter.entry is Entry.NUMBER:
        return (_percentage(filter, found[0]),)
    if filter.entry is Entry.CHOICES:
        _require_known(scope, filter, found)
    return found


def _require_known(scope: Scope, filter: Filter, values: Values) -> None:
    for value in values:
        if choice_of(filter=filter, scope=scope, value=value) is None:
            text = _("„%(value)s“ steht nicht zur Auswahl, vielleicht nicht mehr.")
            raise _wrong(filter, text % {"value": value})


def _percentage(filter: Filter, text: str) -> str:
    number = text.removesuffix("%").strip()
    if not number.isdecimal() or not 1 <= int(number) <= 100:
        raise _wrong(filter, _("Bitte eine ganze Zahl von 1 bis 100."))
    return str(int(number))


def _range(filter: Filter, texts: Sequence[str]) -> Values:
    if len(texts) > 2 or not any(texts):
        raise _wrong(filter, _("Bitte geben Sie an, ab wann oder bis wann."))
    first, last = (*texts, "")[:2]
    read = _day if filter.entry is Entry.DATE_RANGE else _number
    ends = (read(filter, first), read(filter, last))
    if all(ends) and _is_reversed(filter, *ends):
        raise _wrong(filter, _("Der Anfang liegt hinter dem Ende."))
    return ends


def _is_reversed(filter: Filter, first: str, last: str) -> bool:
    if filter.entry is Entry.DATE_RANGE:
        return first > last
    return Decimal(first) > Decimal(last)


def _day(filter: Filter, text: str) -> str:
    if not text:
        return ""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(text, pattern).date().isoformat()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    sentence = _("„%(value)s“ ist kein Datum; schreiben Sie zum Beispiel 31.03.2026.")
    raise _wrong(filter, sentence % {"value": text})


def _number(filter: Filter, text: str) -> str:
    if not text:
        return ""
    plain = text[:LONGEST].replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not _is_moderate(number):
        raise _wrong(filter, _("„%(value)s“ ist keine Zahl.") % {"value": text})
    return format(number, "f")


def _is_moderate(number: Decimal) -> bool:
    """Whether it can be written out: not ``1E+999999999``, not with a hundred decimals."""
    exponent = number.as_tuple().exponent
    return number.copy_abs() < LARGEST and isinstance(exponent, int) and exponent >= -15


def _wrong(filter: Filter, sentence: str) -> errors.Invalid:
    return errors.Invalid({filter.code: [sentence]})
