"""Take out those who may be contacted: asked again, kept and noted as used, all or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from consent import gate, many, recording, references
from consent.campaigns import keeping
from consent.decision.words import words_of
from consent.many import Whole
from consent.models import Campaign, CampaignExport, ContactDecision
from contacts import exporting, tables
from contacts.listing import Scope, columns, matching
from contacts.listing.rows import compose
from contacts.listing.selecting import Selection
from contacts.models import ContactPoint, Person
from contacts.tables import Cell, Format
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors

MOST_AT_ONCE = 5000
CHUNK = 1000


class TooMany(errors.DomainError):
    """More persons than are taken out in one step; narrower conditions help."""

    code = "too-many-persons"


@dataclass(frozen=True, slots=True)
class Allowed:
    """An answer that allows, and the row that keeps it."""

    whole: Whole
    kept: ContactDecision


@transaction.atomic
def export(
    *, actor: User, campaign: Campaign, format: Format, to: IO[bytes], at: datetime
) -> CampaignExport:
    """Write those who may be contacted to ``to``, and note each as used.

    Everybody is asked about anew. Those who are allowed are asked about once more, event by event,
    while nobody else can write to the ledger: an objection that is recorded a moment before counts.
    Their answers are kept, their uses are in the ledger, and an audit row tells of it: if any of
    this fails, nothing is written, and the file is worthless.

    :raises errors.NotPermitted: without the permissions to run campaigns and to export
    :raises TooMany: more than :data:`MOST_AT_ONCE`
    :raises errors.Conflict: nobody may be contacted
    """
    policy.require(actor, policy.Permission.CONTACTS_EXPORT)
    keeping.require_own(actor, campaign)
    scope = keeping.scope_of(campaign, at=at)
    query = keeping.query_of(campaign, scope)
    candidates = _candidates(campaign, matching.records(scope=scope, query=query), at=at)
    allowed, left_out = _asked_again(campaign, candidates, actor=actor, at=at)
    if not allowed:
        raise errors.Conflict(_("Von diesen Ansprechpartnern darf niemand kontaktiert werden."))
    made = CampaignExport.objects.create(
        campaign=campaign,
        exported_by=actor,
        exported_at=at,
        format=format.value,
        rows=len(allowed),
        left_out=left_out,
    )
    ContactDecision.objects.bulk_create([each.kept for each in allowed], batch_size=CHUNK)
    when = allowed[0].kept.decided_at
    uses = [
        gate.use_of(each.kept, reference=f"campaign:{made.public_id}", outcome="exported", at=when)
        for each in allowed
    ]
    recording.append_all(uses, actor=actor, at=when)
    _write(scope, query, allowed, format=format, to=to)
    audit.record(
        actor=actor,
        action="campaign.exported",
        at=at,
        target=campaign,
        context={
            "export": str(made.public_id),
            "rows": made.rows,
            "left_out": left_out,
            "format": format.value,
            "channel": campaign.channel,
            "purpose": campaign.purpose,
        },
    )
    return made


def file_name(campaign: Campaign, *, format: Format, at: datetime) -> str:
    """``kampagne-2026-03-17.csv``."""
    return f"kampagne-{at:%Y-%m-%d}.{format.value}"


def _candidates(campaign: Campaign, persons: Any, *, at: datetime) -> dict[int, int | None]:
    """Contact points of those who may be contacted, by person."""
    found: dict[int, int | None] = {}
    for person, point, decision in many.may_contact_many(
        persons,
        channel=campaign.channel,
        purpose=campaign.purpose,
        controller=campaign.controller,
        at=at,
    ):
        if decision:
            found[person] = point
    if len(found) > MOST_AT_ONCE:
        raise TooMany(
            _("Auf einmal lassen sich höchstens %(most)s ausleiten, hier wären es %(count)s. "
              "Bitte grenzen Sie ein, zum Beispiel nach Ort oder Team.")
            % {"most": _number(MOST_AT_ONCE), "count": _number(len(found))},
            most=MOST_AT_ONCE,
            count=len(found),
        )  # fmt: skip
    return found


def _asked_again(
    campaign: Campaign, candidates: dict[int, int | None], *, actor: User, at: datetime
) -> tuple[list[Allowed], int]:
    """Whole answers under the lock of the ledger, and how many are not allowed after all."""
    points = [point for point in candidates.values() if point is not None]
    references.make_for(persons=candidates, points=points)
    last = recording.lock()
    ask = many.asked(
        channel=campaign.channel,
        purpose=campaign.purpose,
        controller=campaign.controller,
        at=max(at, last) if last else at,
    )
    own = references.own_of(candidates)
    allowed = [
        Allowed(whole, _kept(whole, ask, subject=own[whole.person], actor=actor))
        for whole in many.one_by_one(Person.objects.filter(pk__in=list(candidates)), ask=ask)
        if whole.decision and whole.reference is not None
    ]
    return allowed, len(candidates) - len(allowed)


def _kept(whole: Whole, ask: many.Ask, *, subject: UUID, actor: User) -> ContactDecision:
    return ContactDecision(
        subject=subject,
        point=whole.reference,
        size=ask.size,
        decided_at=ask.at,
        expires_at=ask.at + gate.VALID_FOR,
        decided_by=actor,
        **gate.kept(whole.question, whole.around, whole.decision),
    )


def _write(
    scope: Scope, query: Any, allowed: Sequence[Allowed], *, format: Format, to: IO[bytes]
) -> None:
    chosen = exporting.columns_for(scope=scope, selection=Selection(query), all_columns=False)
    header = [*[str(column.label) for column in chosen],
              _("Kontaktweg"), _("Grundlage"), _("Auflagen"), _("Entscheidung")]  # fmt: skip
    table = tables.open_table(format=format, to=to, header=header)
    for row in _rows(scope, chosen, allowed):
        table.write(row)
    table.close()


def _rows(scope: Scope, chosen: Sequence[Any], allowed: Sequence[Allowed]) -> Iterator[list[Cell]]:
    words = words_of(translation.get_language() or "de")
    needs = columns.needs_of(chosen)
    for start in range(0, len(allowed), CHUNK):
        part = {each.whole.person: each for each in allowed[start : start + CHUNK]}
        points = ContactPoint.objects.in_bulk([each.whole.point for each in part.values()])
        persons = list(Person.objects.filter(pk__in=part).defer("search", "field_sources"))
        for row in compose(scope=scope, records=persons, needs=needs):
            answer = part[row.record.pk]
            decision = answer.whole.decision
            yield [
                *(column.value(row) for column in chosen),
                points[answer.whole.point].display,
                words.grounds[decision.ground].brief,
                "; ".join(words.duties[duty] for duty in decision.duties),
                str(answer.kept.public_id),
            ]


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
