"""What the groups of suspects can be narrowed down to: those still open, those of a source."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from contacts import access
from contacts.models import (
    Company,
    MatchingKind,
    PairDecision,
    Person,
    Source,
    SuspectGroup,
    SuspectPair,
)
from crm.accounts.models import User, Visibility
from crm.kernel import errors

MODELS: Final[dict[str, Any]] = {MatchingKind.PERSON: Person, MatchingKind.COMPANY: Company}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Conditions that all hold.

    ``is_open`` leaves groups with a pair of which nobody has decided; ``source`` those with a
    record from there. Records that the user may not see are asked about neither.
    """

    is_open: bool = False
    source: Source | None = None

    def of(
        self, groups: QuerySet[SuspectGroup], *, user: User, kind: str
    ) -> QuerySet[SuspectGroup]:
        """Those of the groups that fulfil it."""
        if self.is_open:
            groups = groups.filter(Exists(_undecided(user, kind)))
        if self.source is not None:
            records = MODELS[kind].objects.visible_to(user).order_by().filter(source=self.source)
            groups = groups.filter(Exists(records.filter(is_member())))
        return groups


def asked(*, is_open: bool, source: UUID | str | None) -> Narrowing:
    """What a form or request asks for; ``source`` is a public id, empty for all.

    :raises errors.NotFound: there is no such source
    """
    if not source:
        return Narrowing(is_open=is_open)
    found = Source.objects.filter(public_id=access.parsed(source)).first()
    if found is None:
        raise errors.NotFound(source=str(source))
    return Narrowing(is_open=is_open, source=found)


def _undecided(user: User, kind: str) -> QuerySet[SuspectPair]:
    """The undecided pairs of the group in the outer query, one record of which the user sees."""
    pairs = SuspectPair.objects.order_by().filter(
        is_member("first_id"),
        kind=kind,
        generation=OuterRef("generation"),
        group=OuterRef("number"),
    )
    name = MatchingKind(kind).value.lower()
    holding = PairDecision.objects.order_by().filter(
        withdrawn_at=None,
        **{f"first_{name}": OuterRef("first_id"), f"second_{name}": OuterRef("second_id")},
    )
    pairs = pairs.filter(~Exists(holding))
    if user.access.visibility == Visibility.ALL:
        return pairs
    seen = MODELS[kind].objects.visible_to(user).order_by()
    return pairs.filter(
        Q(Exists(seen.filter(pk=OuterRef("first_id"))))
        | Q(Exists(seen.filter(pk=OuterRef("second_id"))))
    )


def is_member(record: str = "pk") -> Func:
    """Whether a record, by the field with its primary key, belongs to the group outside."""
    return Func(
        F(record),
        OuterRef("members"),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
