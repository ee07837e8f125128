"""Undoing a merge: every row and field as it was, and what was added since where it belongs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from contacts.merging import (
    findings,
    following,
    lists,
    locks,
    merges,
    obstacles,
    reading,
    refusals,
    returning,
    reviving,
    signals,
)
from contacts.merging.links import Link, Record, links_to
from contacts.merging.returning import Return
from contacts.merging.reviving import Restored
from contacts.models import Merge, MergeEntry, MergeMember
from crm.accounts.models import User
from crm.kernel import audit


@dataclass(frozen=True, slots=True)
class Added:
    """A row that the survivor got after the merge and that is demonstrably a restored record's.

    ``ref`` names it towards :func:`undo`: ``contacts.address:17``.
    """

    ref: str
    row: Any
    record: Record


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows of a model."""

    model: str
    count: int


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What an undo would do.

    ``fields`` are the columns that the merge changed, with what becomes of each; ``returning``
    the rows that go back, ``gone`` those that somebody removed since, ``staying`` those added
    since that stay with the survivor, ``belonging`` those added since that go to a restored
    record unless they are kept. ``refusal`` is "" or why it cannot be undone now.
    """

    merge: Merge
    survivor: Record
    restored: tuple[MergeMember, ...]
    fields: tuple[Restored, ...]
    returning: tuple[Counted, ...]
    gone: tuple[Counted, ...]
    staying: tuple[Counted, ...]
    belonging: tuple[Added, ...]
    refusal: str = ""


def undo_preview(*, actor: User, merge: Merge) -> UndoPreview:
    """What an undo of the merge would do; the number of queries is constant.

    :raises errors.NotFound: the actor may not see one of the records
    :raises errors.NotPermitted: the role may not merge
    :raises refusals.AlreadyUndone: it is undone already
    """
    merge = _asked(actor, merge)
    _require_holding(merge)
    back = _return(merge)
    survivor = reading.survivor_of(merge)
    links = [link for link in links_to(type(survivor)) if not link.pair]
    belonging = {link: returning.belonging(link, back) for link in links}
    records = {each.record_id: reading.record_of(each) for each in _others(merge)}
    return UndoPreview(
        merge=merge,
        survivor=survivor,
        restored=tuple(_others(merge)),
        fields=tuple(reviving.columns(merge)),
        returning=_counted(merge),
        gone=_each(links, lambda link: returning.gone(link, back)),
        staying=_each(links, lambda link: returning.added(link, back) - len(belonging[link])),
        belonging=tuple(
            Added(_ref(link, pk), row, records[belonging[link][pk]])
            for link in links
            if belonging[link]
            for pk, row in lists.rows_of(link, list(belonging[link])).items()
        ),
        refusal=obstacles.sentence(merge, back),
    )


@transaction.atomic
def undo(
    *,
    actor: User | None,
    merge: Merge,
    keep_with_survivor: Collection[str] = (),
    at: datetime,
) -> Merge:
    """Make the merged records what they were before.

    ``keep_with_survivor`` names rows (:attr:`Added.ref`) that stay although they seem to belong
    to a restored record.

    :raises errors.NotFound: the actor may not see one of the records
    :raises errors.NotPermitted: the role may not merge
    :raises refusals.AlreadyUndone: it is undone already
    :raises refusals.UndoRefused: later merges built upon it
    """
    merge = _asked(actor, merge)
    locks.one_at_a_time()
    back = _return(merge)
    locks.records(reading.model_of(merge), [back.survivor, *back.others])
    merge = _asked(actor, merge)
    _require_holding(merge)
    if refusal := obstacles.sentence(merge, back):
        raise refusals.UndoRefused(refusal)
    try:
        with transaction.atomic():
            _restore(merge, back, set(keep_with_survivor), at)
            connection.check_constraints()
    except IntegrityError as error:
        raise refusals.UndoRefused(
            _(
                "Etwas, das zu den Einträgen gehörte, gibt es nicht mehr oder es ist inzwischen "
                "anderswo vergeben. Die Zusammenführung lässt sich nicht mehr zurücknehmen."
            )
        ) from error
    merge.undone_by, merge.undone_at = actor, at
    merge.save(update_fields=["undone_by", "undone_at"])
    _forget_journal(merge)
    _tell(merge, actor=actor, at=at)
    survivor, *others = [reading.record_of(each) for each in merge.members.all()]
    signals.undone.send(
        type(survivor), merge=merge, survivor=survivor, others=others, actor=actor, at=at
    )
    return merge


@transaction.atomic
def redo(*, actor: User | None, merge: Merge, at: datetime) -> Merge:
    """Undo an undo: the same records are made one again, with the values chosen then.

    What was added in between goes along; it is a merge of its own that can be undone.

    :raises refusals.NotUndone: the merge holds
    """
    merge = _asked(actor, merge)
    if merge.undone_at is None:
        raise refusals.NotUndone(_("Diese Zusammenführung gilt noch."))
    survivor, *others = [reading.record_of(each) for each in merge.members.all()]
    return merges.merge(
        actor=actor,
        survivor=survivor,
        others=others,
        choices=merge.choices,
        reason=merge.reason,
        despite_decision=True,
        redoes=merge,
        at=at,
    )


def _asked(actor: User | None, merge: Merge) -> Merge:
    """The merge as it is now, if the actor may see all of its records."""
    if actor is None:
        return Merge.objects.prefetch_related("members__person", "members__company").get(
            pk=merge.pk
        )
    return reading.merge_for(user=actor, public_id=merge.public_id)


def _require_holding(merge: Merge) -> None:
    if merge.undone_at is not None:
        raise refusals.AlreadyUndone(
            _("Diese Zusammenführung ist schon zurückgenommen, am %(day)s von %(user)s.")
            % {"day": refusals.day(merge.undone_at), "user": merge.undone_by or _("der Anlage")}
        )


def _others(merge: Merge) -> list[MergeMember]:
    return [each for each in merge.members.all() if not each.is_survivor]


def _return(merge: Merge) -> Return:
    survivor = reading.survivor_of(merge)
    return Return(merge, survivor.pk, tuple(each.record_id for each in _others(merge)))


def _restore(merge: Merge, back: Return, keep: set[str], at: datetime) -> None:
    links = links_to(reading.model_of(merge))
    others = _others(merge)
    given = {link: returning.belonging(link, back) for link in links}
    columns = reviving.columns(merge)
    reviving.give_up_numbers(merge, back.survivor, others)
    reviving.set_back(merge, columns, at=at)
    reviving.revive(merge, others)
    for link in reversed(links):
        returning.move_back(link, back)
        returning.remember(link, back)
        rows = {pk: to for pk, to in given[link].items() if _ref(link, pk) not in keep}
        returning.give_back(link, rows, back)
        returning.set_back(link, back)
        returning.unfold(link, back)
    findings.come_back(merge)
    findings.hand_on(merge)
    following.refresh([back.survivor, *back.others], merge)


def _forget_journal(merge: Merge) -> None:
    """What is undone needs no second copy of anybody's data."""
    merge.entries.all()._raw_delete(merge.entries.db)
    merge.members.update(before={}, changes={})


def _counted(merge: Merge) -> tuple[Counted, ...]:
    """Rows that went to the survivor or were folded, by model (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT model, count(*) FROM "{MergeEntry._meta.db_table}" WHERE merge_id = %s '
            "AND act <> 'CHANGED' AND model <> ALL(%s) GROUP BY model ORDER BY model",
            [merge.pk, list(findings.MODELS)],
        )
        return tuple(Counted(*row) for row in cursor.fetchall())


def _each(links: Collection[Link], count: Any) -> tuple[Counted, ...]:
    numbers: dict[str, int] = {}
    for link in links:
        numbers[link.label] = numbers.get(link.label, 0) + count(link)
    return tuple(Counted(label, number) for label, number in numbers.items() if number)


def _ref(link: Link, pk: int) -> str:
    return f"{link.label}:{pk}"


def _tell(merge: Merge, *, actor: User | None, at: datetime) -> None:
    owner = merge.kind.lower()
    survivor, *others = [reading.record_of(each) for each in merge.members.all()]
    acts = [
        audit.Act(
            f"{owner}.merge-undone",
            survivor,
            {},
            {"others": [str(each.public_id) for each in others]},
        )
    ]
    acts += [
        audit.Act(f"{owner}.separated", each, {}, {"survivor": str(survivor.public_id)})
        for each in others
    ]
    audit.record_many(actor=actor, acts=acts, at=at, context={"merge": str(merge.public_id)})
