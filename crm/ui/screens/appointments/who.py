"""Who calls: the holders of the number, and whoever looks like what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from contacts.duplicates import offering, typed
from contacts.duplicates.typed import Typed, TypedPoint
from contacts.models import MatchingKind, Person
from crm.accounts.models import User
from crm.kernel import clock
from crm.ui.screens.duplicates.reasons import reasons
from crm.ui.screens.duplicates.words import BANDS, Band
from crm.ui.screens.records.lookalikes import sub_of
from history import callers

MOST = 5


@dataclass(frozen=True, slots=True)
class Suspect:
    """Somebody who may be the caller, and why. ``band``: None for who holds the number."""

    person: Person
    sub: str
    why: str
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """``hidden`` says that there is somebody whom the agent may not see."""

    suspects: list[Suspect]
    hidden: bool
    has_input: bool
    certain: UUID | None


def calls(fields: Mapping[str, Any], *, user: User) -> Who:
    """Who that may be; the holders of the number first."""
    name, company, number = (
        str(fields.get(key) or "").strip()[:300] for key in ("name", "company", "number")
    )
    answer = callers.find(user=user, number=number) if number else None
    held = [each for each in answer.callers if each.kind == "person"] if answer else []
    facts = typed.of_person(
        Typed(
            name=name,
            points=[TypedPoint("PHONE", number)] if number else (),
            company_name=company,
        ),
        today=clock.today(),
    )
    found = offering.offer(user=user, record=facts, kind=MatchingKind.PERSON, limit=MOST)
    offered = {each.record.public_id: each for each in found.suspects}
    rows = [
        *_holders(user, [each.public_id for each in held], offered),
        *(
            Suspect(
                each.record, sub_of(each.record), reasons(each.explanation).sentence,
                BANDS[each.band],
            )
            for key, each in offered.items()
            if isinstance(each.record, Person) and key not in {one.public_id for one in held}
        ),
    ]  # fmt: skip
    alone = held[0].public_id if len(held) == 1 and not (answer and answer.has_hidden) else None
    return Who(
        suspects=rows[:MOST],
        hidden=bool((answer and answer.has_hidden) or found.hidden),
        has_input=bool(name or number),
        certain=alone if not name else None,
    )


def _holders(user: User, ids: list[UUID], offered: Mapping[UUID, Any]) -> list[Suspect]:
    seen = Person.objects.visible_to(user).filter(public_id__in=ids)
    people = seen.prefetch_related("addresses", "employments__company")
    by_id = {person.public_id: person for person in people}
    return [
        Suspect(
            by_id[key],
            sub_of(by_id[key]),
            reasons(offered[key].explanation).sentence if key in offered else _("gleiche Nummer"),
        )
        for key in ids
        if key in by_id
    ]
