"""The suspects of the check at entry as a user may see them.

What a user may not see has no name, no reasons and no number here: only that there is something,
and whom to ask about it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from contacts.duplicates import entry
from contacts.duplicates.entry import Record, Suspect
from contacts.matching.explain import Explanation
from contacts.matching.signatures import Facts
from contacts.models import RECORDS, MatchingKind, PairDecision
from crm.accounts.models import RoleCode, User

MOST_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Offered:
    """A record that looks like what is typed: how much (bits, band), and why."""

    record: Record
    weight: float
    band: str
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something that the user may not see looks like what is typed. ``ask`` knows more: who owns
    it, else who leads its team, else (None) the administration."""

    ask: User | None


@dataclass(frozen=True, slots=True)
class Offer:
    """The strongest suspects first."""

    suspects: list[Offered]
    hidden: Hidden | None


NOTHING: Final = Offer([], None)


def offer(*, user: User, record: Record | Facts, kind: str = "", limit: int = MOST_SHOWN) -> Offer:
    """Who in the stock looks like a record, or like facts that are only typed so far (then
    ``kind`` says whose; with the ``id`` of the record that is being edited, if there is one).

    Those of whom somebody said that they are somebody else are left out.
    """
    if isinstance(record, Facts):
        pk = record.id
    else:
        kind, pk = (record._meta.model_name or "").upper(), record.pk
    apart = _said_to_differ(kind, pk) if pk else set()
    found = [each for each in entry.suspects_for(record, kind=kind) if each.id not in apart]
    if not found:
        return NOTHING
    seen = _seen(user, kind, (each.id for each in found))
    unseen = next((each for each in found if each.id not in seen), None)
    shown = [each for each in found if each.id in seen][:limit]
    return Offer(_offered(shown, seen), _hidden(kind, unseen.id) if unseen else None)


def _offered(found: Sequence[Suspect], seen: dict[int, Record]) -> list[Offered]:
    return [Offered(seen[each.id], each.weight, each.band, each.explanation) for each in found]


def _seen(user: User, kind: str, ids: Iterable[int]) -> dict[int, Record]:
    """Those that the user may see, with what tells them apart."""
    related = ["addresses"] + (["employments__company"] if kind == MatchingKind.PERSON else [])
    rows = RECORDS[kind].objects.visible_to(user).filter(pk__in=list(ids))
    return {record.pk: record for record in rows.prefetch_related(*related)}


def _hidden(kind: str, pk: int) -> Hidden | None:
    record = RECORDS[kind].objects.select_related("owner").filter(pk=pk).first()
    if record is None:
        return None
    if record.owner and record.owner.is_active:
        return Hidden(record.owner)
    leads = User.objects.filter(is_active=True, roles__code=RoleCode.TEAM_LEAD)
    return Hidden(leads.filter(teams=record.team_id).first() if record.team_id else None)


def _said_to_differ(kind: str, pk: int) -> set[int]:
    name = MatchingKind(kind).value.lower()
    first, second = f"first_{name}", f"second_{name}"
    pairs = PairDecision.objects.filter(
        Q(**{first: pk}) | Q(**{second: pk}),
        withdrawn_at=None,
        verdict=PairDecision.Verdict.DIFFERENT,
    ).values_list(f"{first}_id", f"{second}_id")
    return {other for pair in pairs for other in pair} - {pk}
