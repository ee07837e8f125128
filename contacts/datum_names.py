"""What an audit row calls a datum: a code when written, words when read.

Rows outlive the language of whoever wrote them: ``contact-point.PHONE 030 23125 101`` is read as
``Telefon 030 23125 101`` or as ``Phone 030 23125 101``. A text without a known code is read as it
stands.
"""

from typing import Final

from django.utils.translation import gettext as _

from contacts.models import Address, AddressKind, ContactPoint, ContactPointKind

EMPLOYER: Final = "employer"
NUMBER: Final = "external-id"
POINT: Final = "contact-point"
ADDRESS: Final = "address"


def of_point(point: ContactPoint) -> str:
    """``contact-point.PHONE``."""
    return f"{POINT}.{point.kind}"


def of_address(address: Address) -> str:
    """``address.BUSINESS``."""
    return f"{ADDRESS}.{address.kind}"


def of_number(system: str) -> str:
    """``external-id SAP``."""
    return f"{NUMBER} {system}"


def told(name: str) -> str:
    """The name in the reader's language."""
    code, _space, rest = name.partition(" ")
    if code == NUMBER:
        return _("Nummer in %(system)s") % {"system": rest}
    return f"{_told(code)} {rest}".rstrip()


def _told(code: str) -> str:
    family, _dot, kind = code.partition(".")
    if code == EMPLOYER:
        return _("Firma")
    if family == POINT and kind in ContactPointKind.values:
        return str(ContactPointKind(kind).label)
    if family == ADDRESS and kind in AddressKind.values:
        return _("Anschrift %(kind)s") % {"kind": AddressKind(kind).label}
    return code
