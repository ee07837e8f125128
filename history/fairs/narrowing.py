"""Which leads of an event are meant: grade, state, who captured them, opt-in, words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q

from crm.accounts.models import User
from history.models import OPEN_LEADS, Event, LeadGrade, LeadOptIn, LeadState, OptInAnswer

STATES: Final = {
    "offen": OPEN_LEADS,
    "uebernommen": (LeadState.TAKEN_OVER,),
    "ohne": (LeadState.DROPPED,),
}
LATE, NAMELESS = "faellig", "unvollstaendig"
NO_GRADE = "keine"
OPT_INS: Final = ("ja", "nein")
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Conditions; an empty one narrows nothing. ``rep`` is the number of a user."""

    grade: str = ""
    state: str = ""
    rep: int = 0
    opt_in: str = ""
    text: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Narrowing":
        """From the query of an address; what cannot be understood narrows nothing."""
        grade, state = query.get("note", ""), query.get("zustand", "")
        rep, opt_in = query.get("wer", ""), query.get("opt-in", "")
        return cls(
            grade=grade if grade in (*LeadGrade.values, NO_GRADE) else "",
            state=state if state in (*STATES, LATE, NAMELESS) else "",
            rep=int(rep) if rep.isascii() and rep.isdecimal() and len(rep) < 10 else 0,
            opt_in=opt_in if opt_in in OPT_INS else "",
            text=query.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH],
        )

    def encode(self, **other: Any) -> str:
        """As a query of an address, with some conditions replaced."""
        new = replace(self, **other)
        values = {
            "note": new.grade,
            "zustand": new.state,
            "wer": new.rep or "",
            "opt-in": new.opt_in,
            "q": new.text,
        }
        return urlencode({name: value for name, value in values.items() if value})

    def narrowed(self, rows: Any) -> Any:
        """The leads that fulfil all conditions, of rows with ``is_overdue``."""
        if self.grade:
            rows = rows.filter(grade="" if self.grade == NO_GRADE else self.grade)
        if self.state in STATES:
            rows = rows.filter(state__in=STATES[self.state])
        if self.state == LATE:
            rows = rows.filter(is_overdue=True)
        if self.state == NAMELESS:
            rows = rows.filter(person=None, state__in=OPEN_LEADS)
        if self.rep:
            rows = rows.filter(captured_by=self.rep)
        if self.opt_in:
            rows = rows.filter(says_yes() if self.opt_in == "ja" else ~says_yes())
        if self.text:
            rows = rows.filter(
                Q(name__icontains=self.text)
                | Q(company_name__icontains=self.text)
                | Q(need__icontains=self.text)
            )
        return rows


def says_yes() -> Exists:
    """Whether the visitor of a lead said yes to anything."""
    return Exists(LeadOptIn.objects.filter(lead=OuterRef("pk"), answer=OptInAnswer.YES))


def reps_of(event: Event) -> list[User]:
    """Who captured something there."""
    captured = event.leads.order_by().values("captured_by")
    return list(User.objects.filter(pk__in=captured).order_by("last_name", "first_name", "pk"))
