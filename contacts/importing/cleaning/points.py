"""Numbers, mailboxes and handles of a row."""

from collections.abc import Iterator
from typing import Final

from contacts.importing.cleaning import problems
from contacts.importing.cleaning.cells import Cell, Cells
from contacts.importing.prepared import Holder, PreparedPoint
from contacts.matching import normalise
from contacts.matching.normalise import Unreadable
from contacts.models import ContactPointKind as Kind
from contacts.models import Purpose

TARGETS: Final[dict[str, tuple[str, str]]] = {
    "email.business": (Kind.EMAIL, Purpose.BUSINESS),
    "email.private": (Kind.EMAIL, Purpose.PRIVATE),
    "email.other": (Kind.EMAIL, Purpose.UNKNOWN),
    "phone.business": (Kind.PHONE, Purpose.BUSINESS),
    "phone.private": (Kind.PHONE, Purpose.PRIVATE),
    "phone.switchboard": (Kind.PHONE, Purpose.BUSINESS),
    "mobile.business": (Kind.MOBILE, Purpose.BUSINESS),
    "mobile.private": (Kind.MOBILE, Purpose.PRIVATE),
    "fax.business": (Kind.FAX, Purpose.BUSINESS),
    "fax.private": (Kind.FAX, Purpose.PRIVATE),
    "messenger.private": (Kind.MESSENGER, Purpose.PRIVATE),
    "social.business": (Kind.SOCIAL, Purpose.BUSINESS),
}


def prepare(
    cells: Cells, *, holder: Holder, has_company: bool, region: str, area_code: str
) -> Iterator[PreparedPoint]:
    """The row's contact points, each once; what cannot be read goes to ``cells.errors``.

    ``holder`` gets all of them except the switchboard, which is the company's if there is one.
    """
    seen: set[tuple[str, str, str]] = set()
    for code in [code for code in TARGETS if code in cells.by_target]:
        kind, purpose = TARGETS[code]
        for cell in cells.all(code):
            owner: Holder = "company" if code == "phone.switchboard" and has_company else holder
            try:
                point = _read(cell, str(kind), str(purpose), owner, region, area_code)
            except Unreadable as error:
                cells.errors.append(problems.unreadable(error, cell.column))
                continue
            identity = (point.kind, point.normalised, owner)
            if identity not in seen:
                seen.add(identity)
                yield point


def _read(
    cell: Cell, kind: str, purpose: str, holder: Holder, region: str, area_code: str
) -> PreparedPoint:
    if kind == Kind.EMAIL:
        mailbox = normalise.email(cell.text)
        return PreparedPoint(kind, purpose, mailbox, mailbox, holder)
    if kind in (Kind.MESSENGER, Kind.SOCIAL):
        return PreparedPoint(kind, purpose, cell.text.casefold(), cell.text, holder)
    number = normalise.phone(cell.text, region=region, area_code=area_code)
    if kind == Kind.PHONE and number.kind == "mobile":
        kind = Kind.MOBILE.value
    elif kind == Kind.MOBILE and number.kind == "landline":
        kind = Kind.PHONE.value
    return PreparedPoint(kind, purpose, number.e164, normalise.phone_text(number.e164), holder)
