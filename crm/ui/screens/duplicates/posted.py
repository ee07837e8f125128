"""What the form of a comparison carries: who stays, who is no part of it, which values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from contacts.contact_points import Record
from contacts.merging import Preview
from crm.kernel import errors

CHOICE, PROPOSAL = "wahl-", "vorschlag-"


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields of the form, or of the address before anything was chosen."""

    survivor: UUID | None
    out: frozenset[UUID]
    shown: Mapping[str, UUID]
    touched: Mapping[str, UUID]
    everything_of: UUID | None
    versions: Mapping[UUID, int]
    despite_decision: bool

    def part(self, members: Sequence[Record]) -> list[Record]:
        """Those who are part of it."""
        return [each for each in members if each.public_id not in self.out]

    def stays(self, members: Sequence[Record]) -> Record | None:
        """Who was chosen to stay, if it is part of it."""
        return next((m for m in self.part(members) if m.public_id == self.survivor), None)

    def kept(self, members: Sequence[Record], names: Sequence[str]) -> dict[str, UUID]:
        """The choices that differ from what was proposed, and those of "all from this one"."""
        there = {each.public_id: each for each in self.part(members)}
        made = {n: who for n, who in self.touched.items() if n in names and who in there}
        if self.everything_of in there:
            record = there[self.everything_of]
            made |= {n: record.public_id for n in names if getattr(record, n) not in ("", None, [])}
        return made

    def against(self, proposed: Preview) -> dict[str, UUID]:
        """The choices as the merge wants them: whatever was shown and is not proposed anyway."""
        there = {each.public_id for each in proposed.records}
        return {
            field.name: self.shown[field.name]
            for field in proposed.fields
            if self.shown.get(field.name) in there
            and (field.why == "joined" or self.shown[field.name] != field.chosen)
        }


def read(data: QueryDict) -> Posted:
    """Read a form or an address.

    :raises errors.NotFound: something in it names no record
    """
    shown = {k.removeprefix(CHOICE): v for k, v in data.items() if k.startswith(CHOICE) and v}
    proposed = {k.removeprefix(PROPOSAL): v for k, v in data.items() if k.startswith(PROPOSAL)}
    choices = {name: uuid(str(value)) for name, value in shown.items()}
    survivor, every = data.get("bleibt", ""), data.get("alles", "")
    return Posted(
        survivor=uuid(survivor) if survivor else None,
        out=frozenset(uuid(each) for each in data.getlist("ohne")),
        shown=choices,
        touched={n: who for n, who in choices.items() if proposed.get(n, "") != str(who)},
        everything_of=uuid(every) if every else None,
        versions=dict(_version(each) for each in data.getlist("stand")),
        despite_decision=bool(data.get("trotzdem")),
    )


def uuid(text: str) -> UUID:
    """A public id.

    :raises errors.NotFound: it is none
    """
    try:
        return UUID(text)
    except ValueError as error:
        raise errors.NotFound(public_id=text) from error


def _version(text: str) -> tuple[UUID, int]:
    record, _sign, number = text.partition(":")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise errors.NotFound(public_id=record)
    return uuid(record), int(number)
