"""What a merge would do, before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from contacts.merging import checks, fields, journal, lists, refusals
from contacts.merging.fields import Field
from contacts.merging.links import Record, links_to
from contacts.merging.lists import List
from contacts.models import Company, PairDecision, Source
from crm.accounts.models import User


@dataclass(frozen=True, slots=True)
class Moving:
    """How many rows of a model hang on the records that go into the survivor."""

    model: str
    link: str
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do.

    ``records`` begin with the survivor. ``decisions`` say that two of them are different; a merge
    is refused then unless it is told to go on. ``refusal`` is the sentence for which it is
    refused in any case, "" if it is not. ``versions`` are to be handed to the merge, so that it
    is refused if somebody changes a record in the meantime.
    """

    kind: str
    survivor: Record
    suggested: Record
    records: tuple[Record, ...]
    fields: tuple[Field, ...]
    lists: tuple[List, ...]
    moves: tuple[Moving, ...]
    decisions: tuple[PairDecision, ...]
    versions: dict[UUID, int]
    refusal: str = ""

    @property
    def different(self) -> list[Field]:
        """The fields in which the records differ or the survivor gains something."""
        wanted = (fields.State.DIFFERENT, fields.State.ADDED)
        return [each for each in self.fields if each.state in wanted]

    @property
    def equal(self) -> list[Field]:
        """The fields in which nothing differs."""
        return [each for each in self.fields if each not in self.different]


def preview(
    *,
    actor: User,
    records: Sequence[Record],
    survivor: Record | None = None,
    choices: Mapping[str, UUID | str] | None = None,
) -> Preview:
    """What would happen if these records were made one; the number of queries is constant.

    Without ``survivor`` the suggested one stays.

    :raises errors.NotFound: the actor may not see one of them
    :raises errors.NotPermitted: the role may not merge
    :raises refusals.MergeRefused: one record twice, or different kinds
    :raises refusals.AlreadyMerged: one of them went into another record
    """
    if survivor is not None and survivor.pk not in {each.pk for each in records}:
        records = [*records, survivor]
    records = checks.mergeable(actor=actor, records=records)
    suggested = suggest_survivor(records)
    stays = survivor or suggested
    ordered = [
        *(each for each in records if each.pk == stays.pk),
        *(each for each in records if each.pk != stays.pk),
    ]
    chosen = fields.side_by_side(
        ordered,
        survivor=ordered[0],
        sources=Source.objects.in_bulk(fields.source_ids(ordered)),
        choices=fields.checked_choices(ordered, choices or {}),
    )
    return Preview(
        kind=checks.kind_of(ordered[0]),
        survivor=ordered[0],
        suggested=suggested,
        records=tuple(ordered),
        fields=tuple(chosen),
        lists=tuple(lists.united(ordered)),
        moves=tuple(_moves(ordered)),
        decisions=tuple(checks.decided_different(ordered)),
        versions={each.public_id: each.version for each in ordered},
        refusal=_refusal(ordered, chosen),
    )


def suggest_survivor(records: Sequence[Record]) -> Record:
    """The most complete one; among equals the last confirmed, then the oldest."""
    return min(
        records,
        key=lambda each: (
            -each.completeness,
            -(each.confirmed_on.toordinal() if each.confirmed_on else 0),
            each.created_at,
            each.pk,
        ),
    )


def _moves(records: Sequence[Record]) -> list[Moving]:
    links = links_to(type(records[0]))
    counts = journal.counts(links, [each.pk for each in records[1:]])
    return [
        Moving(link.label, link.name, counts[link.label, link.name])
        for link in links
        if counts[link.label, link.name]
    ]


def _refusal(records: Sequence[Record], chosen: Sequence[Field]) -> str:
    """A circle of companies is the one thing that only the values show."""
    survivor = records[0]
    if not isinstance(survivor, Company):
        return ""
    parent = next(each.value for each in chosen if each.name == "parent")
    try:
        checks.new_parent(survivor, records, parent)
    except refusals.CircleOfCompanies as refusal:
        return refusal.message
    return ""
