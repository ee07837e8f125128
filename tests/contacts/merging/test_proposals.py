"""Whose value is proposed, and why."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from contacts.merging import fields
from contacts.merging.fields import Value, Why
from contacts.models import Source, SourceKind

AT = datetime(2026, 3, 17, tzinfo=UTC)
OWN, OTHER = uuid4(), uuid4()
ERP, LIST = Source(kind=SourceKind.ERP), Source(kind=SourceKind.LIST)


def value(record: UUID, text: object, **more: object) -> Value:
    given = {"source": LIST, "confirmed_on": None, "updated_at": AT, **more}
    return Value(record, text, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("own", "other", "winner", "why"),
    [
        (value(OWN, ""), value(OTHER, "Dr."), OTHER, Why.ONLY),
        (value(OWN, "Dr."), value(OTHER, ""), OWN, Why.ONLY),
        (value(OWN, "Dr."), value(OTHER, "Dr."), OWN, Why.SAME),
        (
            value(OWN, "Johannes"),
            value(OTHER, "Hans", confirmed_on=date(2026, 1, 1)),
            OTHER,
            Why.CONFIRMED,
        ),
        (value(OWN, "J."), value(OTHER, "Johannes"), OTHER, Why.FULLER),
        (value(OWN, "Hans-Peter"), value(OTHER, "Peter"), OWN, Why.FULLER),
        (value(OWN, "Hans"), value(OTHER, "Johannes", source=ERP), OTHER, Why.SOURCE),
        (
            value(OWN, "Hans"),
            value(OTHER, "Johannes", updated_at=AT + timedelta(days=1)),
            OTHER,
            Why.NEWER,
        ),
        (value(OWN, "Hans"), value(OTHER, "Johannes"), OWN, Why.NEWER),
        (value(OWN, ["28.1"]), value(OTHER, ["28.1", "33.2"]), OTHER, Why.FULLER),
    ],
)
def test_the_first_reason_that_tells_them_apart_decides(
    own: Value, other: Value, winner: UUID, why: Why
) -> None:
    best, reason = fields._proposal("given_name", [own, other])
    assert (best.record, reason) == (winner, why)


def test_remarks_are_kept_both() -> None:
    both = [value(OWN, "ruft gern an"), value(OTHER, "Stammkunde"), value(uuid4(), "Stammkunde")]
    assert fields._proposal("remark", both)[1] == Why.JOINED
    assert fields.joined(both) == "ruft gern an\n\nStammkunde"
