"""A group of suspects as the screens show it."""

from dataclasses import dataclass

from contacts.contact_points import Record
from contacts.duplicates import suspects
from contacts.duplicates.suspects import Group, Suspicion
from contacts.matching import explain
from crm.accounts.models import User
from crm.ui.screens.duplicates.comparing import Comparison, compare, lettered
from crm.ui.screens.duplicates.reasons import Reasons, reasons
from crm.ui.screens.duplicates.words import BANDS, Band, Kind, signed


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two records of a card: their letters and names, how strong the suspicion is, and why."""

    suspicion: Suspicion
    letters: str
    names: tuple[str, str]
    band: Band
    bits: str
    why: Reasons
    is_open: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A group, or with ``of`` everything that looks like one record."""

    kind: Kind
    key: str
    number: int | None
    of: Record | None
    title: str
    band: Band
    bits: str
    hidden: int
    comparison: Comparison
    pairs: list[PairLine]

    @property
    def is_decided(self) -> bool:
        """Whether of all its pairs somebody has decided."""
        return bool(self.pairs) and all(line.suspicion.decision for line in self.pairs)


def card_of(kind: Kind, group: Group) -> Card:
    """The card of a group."""
    return _card(
        kind, group.members, group.pairs, strength=group.strength, hidden=group.hidden,
        number=group.number,
    )  # fmt: skip


def record_card(kind: Kind, record: Record, *, user: User) -> Card | None:
    """Everything that looks like the record and that the user may see; None if nothing does."""
    found = suspects.of_record(user=user, record=record)
    if not found:
        return None
    others = [each.second if each.first.pk == record.pk else each.first for each in found]
    itself = next(
        each for pair in found for each in (pair.first, pair.second) if each.pk == record.pk
    )
    return _card(kind, [itself, *others], found, strength=found[0].weight, hidden=0, of=record)


def _card(
    kind: Kind,
    members: list[Record],
    pairs: list[Suspicion],
    *,
    strength: float,
    hidden: int,
    number: int | None = None,
    of: Record | None = None,
) -> Card:
    letters = {record.pk: letter for letter, record in lettered(members)}
    first_open = next((pair for pair in pairs if pair.decision is None), None)
    return Card(
        kind=kind,
        key=str(number) if of is None else str(of.public_id),
        number=number,
        of=of,
        title=" · ".join(dict.fromkeys(record.full_name for record in members)),
        band=BANDS[explain.band(strength)],
        bits=signed(strength),
        hidden=hidden,
        comparison=compare(members),
        pairs=[_pair(pair, letters, is_open=pair is first_open) for pair in pairs],
    )


def _pair(pair: Suspicion, letters: dict[int, str], *, is_open: bool) -> PairLine:
    first, second = sorted((pair.first, pair.second), key=lambda each: letters[each.pk])
    return PairLine(
        suspicion=pair,
        letters=f"{letters[first.pk]}–{letters[second.pk]}",
        names=(first.full_name, second.full_name),
        band=BANDS[pair.band],
        bits=signed(pair.weight),
        why=reasons(pair.explanation),
        is_open=is_open,
    )
