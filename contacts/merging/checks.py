"""What must hold before records are merged; asked before and again under the lock."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from contacts import access
from contacts.merging import refusals
from contacts.merging.links import Record
from contacts.models import Company, MatchingKind, PairDecision, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import errors

R = TypeVar("R", bound=Record)
MOST = 50


def mergeable(*, actor: User | None, records: Sequence[R]) -> list[R]:
    """The records as they are now, if the actor may make them one.

    :raises errors.NotPermitted: the role may not merge
    :raises errors.NotFound: the actor may not see one of them, or it is gone
    :raises refusals.MergeRefused: fewer than two, one twice, a person and a company
    :raises refusals.AlreadyMerged: one went into another record
    """
    if actor is not None:
        policy.require(actor, policy.Permission.CONTACTS_MERGE)
    if len({type(each) for each in records}) > 1:
        raise refusals.DifferentKinds(
            _("Ein Ansprechpartner und eine Firma lassen sich nicht zusammenführen.")
        )
    if len(records) < 2 or len({each.pk for each in records}) < len(records):
        raise refusals.SameRecord(
            _("Zum Zusammenführen gehören mindestens zwei verschiedene Einträge.")
        )
    if len(records) > MOST:
        raise refusals.MergeRefused(
            _("Auf einmal lassen sich höchstens %(most)s Einträge zusammenführen.") % {"most": MOST}
        )
    return _there(actor, records)


def _there(actor: User | None, records: Sequence[R]) -> list[R]:
    """One query. A record that is an alias by now is told of if its survivor may be seen."""
    rows: Any = type(records[0])._default_manager.all()
    seen = rows.visible_to(actor) if actor is not None else rows
    there: dict[int, R] = seen.in_bulk([each.pk for each in records])
    for record in records:
        if record.pk not in there:
            raise _gone(actor, record)
    return [there[record.pk] for record in records]


def _gone(actor: User | None, record: Record) -> errors.DomainError:
    survivor = access.survivor_of(type(record), record.public_id)
    hidden = survivor is None or (
        actor is not None
        and not type(record).objects.visible_to(actor).filter(pk=survivor.pk).exists()
    )
    if survivor is None or hidden:
        return errors.NotFound(public_id=str(record.public_id))
    return refusals.AlreadyMerged(
        _("%(record)s wurde inzwischen mit %(survivor)s zusammengeführt.")
        % {"record": record.full_name, "survivor": survivor.full_name},
        record=str(record.public_id),
        survivor=str(survivor.public_id),
    )


def records_for(*, user: User, kind: str, public_ids: Sequence[UUID | str]) -> list[Record]:
    """The records that a request names, no aliases among them (two queries).

    :raises errors.NotFound: one is not there, or the user may not see it
    :raises refusals.AlreadyMerged: one went into another record, and that may be seen
    """
    model: Any = Person if kind == MatchingKind.PERSON else Company
    wanted = [access.parsed(each) for each in public_ids]
    found = {
        each.public_id: each for each in model.objects.visible_to(user).filter(public_id__in=wanted)
    }
    for public_id in wanted:
        if public_id not in found:
            alias = model.with_aliases.filter(public_id=public_id).first()
            raise _gone(user, alias) if alias else errors.NotFound(public_id=str(public_id))
    return [found[each] for each in wanted]


def decided_different(records: Sequence[Record]) -> list[PairDecision]:
    """The decisions that two of these records are not the same (one query)."""
    name = records[0]._meta.model_name
    ids = [each.pk for each in records]
    return list(
        PairDecision.objects.filter(
            Q(**{f"first_{name}__in": ids, f"second_{name}__in": ids}),
            withdrawn_at=None,
            verdict=PairDecision.Verdict.DIFFERENT,
        ).select_related(f"first_{name}", f"second_{name}", "decided_by")
    )


def require_not_decided(records: Sequence[Record]) -> None:
    """Pass if nobody decided that two of them are different.

    :raises refusals.DecidedDifferent: somebody did
    """
    for decision in decided_different(records):
        first = decision.first_person or decision.first_company
        second = decision.second_person or decision.second_company
        raise refusals.DecidedDifferent(
            _(
                "%(first)s und %(second)s wurden am %(day)s als verschieden erkannt. Nehmen Sie "
                "diese Entscheidung zurück, oder bestätigen Sie, dass sie nicht mehr gilt."
            )
            % {"first": first, "second": second, "day": refusals.day(decision.decided_at)},
            decision=str(decision.public_id),
        )


def new_parent(survivor: Company, records: Sequence[Record], wanted: Company | None) -> int | None:
    """The company above the merged one: the wanted one, or the next above it that does not
    itself take part.

    :raises refusals.CircleOfCompanies: a company that stands below one of them stands above it
    """
    ids = {each.pk for each in records}
    above, between = wanted, []
    while above is not None and above.pk in ids:
        above = above.parent
    parent = above.pk if above is not None else None
    while above is not None:
        between.append(above)
        above = above.parent
        if above is not None and above.pk in ids:
            raise refusals.CircleOfCompanies(
                _(
                    "%(company)s gehört zu der einen und steht über der anderen Firma. Ändern Sie "
                    "erst, zu wem diese Firma gehört."
                )
                % {"company": between[-1].full_name}
            )
    return parent


def kind_of(record: Person | Company) -> str:
    """``PERSON`` or ``COMPANY``."""
    return (record._meta.model_name or "").upper()
