"""Which opportunities are meant: whose, in what state, in which stage, and whether forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.db.models import Q

from crm.accounts.models import User
from history.models import OpportunityState
from history.models.opportunity import OpportunityQuerySet
from history.opportunities import next_steps

OWN, TEAM = "meine", "team"
STATES: Final = {
    "offen": OpportunityState.OPEN,
    "gewonnen": OpportunityState.WON,
    "verloren": OpportunityState.LOST,
}
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Conditions; an empty one narrows nothing. ``stage`` and ``pipeline`` are their numbers."""

    whose: str = ""
    is_forgotten: bool = False
    state: str = "offen"
    stage: int = 0
    pipeline: int = 0
    text: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Narrowing":
        """From the query of an address; what cannot be understood narrows nothing."""
        state = query.get("zustand", "offen")
        return cls(
            whose=query.get("wessen", "") if query.get("wessen") in (OWN, TEAM) else "",
            is_forgotten=query.get("ohne") == "schritt",
            state=state if state in (*STATES, "alle") else "offen",
            stage=_number(query.get("stufe", "")),
            pipeline=_number(query.get("pipeline", "")),
            text=query.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH],
        )

    def encode(self, **other: object) -> str:
        """As a query of an address, with some conditions replaced."""
        new = replace(self, **other)  # type: ignore[arg-type]
        values = {
            "wessen": new.whose,
            "ohne": "schritt" if new.is_forgotten else "",
            "zustand": "" if new.state == "offen" else new.state,
            "stufe": new.stage or "",
            "pipeline": new.pipeline or "",
            "q": new.text,
        }
        return urlencode({name: value for name, value in values.items() if value})

    def narrowed(self, rows: OpportunityQuerySet, *, user: User) -> OpportunityQuerySet:
        """The opportunities that fulfil all conditions."""
        if self.whose == OWN:
            rows = rows.filter(owner=user.pk)
        if self.whose == TEAM:
            rows = rows.filter(team__in=user.access.team_ids)
        if self.is_forgotten:
            rows = rows.filter(~next_steps.has_any())
        if self.state in STATES:
            rows = rows.filter(state=STATES[self.state])
        if self.stage:
            rows = rows.filter(stage=self.stage)
        if self.pipeline:
            rows = rows.filter(pipeline=self.pipeline)
        if self.text:
            rows = rows.filter(
                Q(title__icontains=self.text)
                | Q(number__iexact=self.text)
                | Q(company__name__icontains=self.text)
            )
        return rows


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
