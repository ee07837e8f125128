"""A request as its page shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from consent.models import RequestArticle, SubjectRequest
from consent.requests import cases, deadlines, letters, plans
from consent.requests.deadlines import Due
from consent.requests.plans import Plan
from consent.retention.schedule import RULES
from contacts import search
from crm.accounts.models import User
from crm.kernel import clock
from crm.ui.screens.subject_requests.forms import (
    AnswerForm,
    AskForm,
    EraseForm,
    ExtendForm,
    IdentifyForm,
    LiftForm,
    RefuseForm,
)

SOON = 7  # days


@dataclass(frozen=True, slots=True)
class Line:
    """A request with its periods; ``light`` says how urgent it is."""

    case: SubjectRequest
    due: Due
    is_standing: bool
    light: str
    escalated: int


@dataclass(frozen=True, slots=True)
class Kind:
    """What becomes of one kind of data."""

    name: str
    erased: int
    spared: int
    held: tuple[tuple[str, date, str, int], ...]


def line_of(case: SubjectRequest, *, today: date) -> Line:
    """Both days and how near they are."""
    due = cases.due_of(case, today=today)
    standing = case.is_open and deadlines.is_standing(cases.clock_of(case), today=today)
    return Line(
        case=case,
        due=due,
        is_standing=standing,
        light=_light(case, due, standing, today),
        escalated=cases.escalated(case, today=today) if case.is_open else 0,
    )


def context_of(case: SubjectRequest, *, user: User, **bound: Any) -> dict[str, Any]:
    """Everything on the page; ``bound`` are forms that were refused, by their name."""
    today = timezone.localdate(clock.now())
    plan = _plan(case, today)
    name = case.person.full_name if case.person else ""
    day = {"on": today, "told_on": today}
    return {
        "line": line_of(case, today=today),
        "case": case,
        "is_identified": case.identified_on is not None or case.article in cases.AT_ONCE,
        "has_package": case.article in (RequestArticle.ACCESS, RequestArticle.PORTABILITY),
        "is_erasure": case.article == RequestArticle.ERASURE,
        "plan": plan,
        "kinds": kinds_of(plan) if plan else [],
        "letters": [(each, letters.TITLES[each]) for each in letters.available(case)],
        "held": [
            {**each, "label": RULES[each["rule"]].label, "until": date.fromisoformat(each["until"])}
            for each in case.outcome.get("held", [])
        ],
        "is_restricted": case.person is not None and case.person.restrictions.exists(),
        "lifting": LiftForm(initial={"informed_on": today}, auto_id="lift_%s"),
        "answered": AnswerForm(article=case.article, auto_id="answer_%s"),
        "ask": AskForm(initial=day, auto_id="ask_%s"),
        "identify": IdentifyForm(found=candidates(case, user), initial=day, auto_id="identify_%s"),
        "extend": ExtendForm(initial=day, auto_id="extend_%s"),
        "refuse": RefuseForm(auto_id="refuse_%s"),
        "erase": EraseForm(name=name, auto_id="erase_%s"),
        **bound,
    }


def candidates(case: SubjectRequest, user: User) -> list[tuple[str, str]]:
    """Whom the request may be about, if that is not known yet."""
    if case.person_id or not case.is_open:
        return []
    found = search.find(user=user, text=case.requester.split(",")[0])
    return [(str(hit.public_id), hit.name) for hit in found.persons]


def kinds_of(plan: Plan) -> list[Kind]:
    """The plan by kind of data."""
    found: dict[str, list[Any]] = {}
    for line in plan.lines:
        sums = found.setdefault(line.declaration.data_kind, [0, 0, []])
        sums[0] += len(line.erased)
        sums[1] += len(line.spared)
        sums[2] += [
            (str(RULES[each.rule].label), each.until, each.basis, len(each.rows))
            for each in line.held
        ]
    return [
        Kind(name, erased, spared, tuple(held))
        for name, (erased, spared, held) in sorted(found.items())
    ]


def _plan(case: SubjectRequest, today: date) -> Plan | None:
    if case.article != RequestArticle.ERASURE or not case.is_open or case.person is None:
        return None
    return plans.of(case.person, today=today)


def _light(case: SubjectRequest, due: Due, standing: bool, today: date) -> str:
    if not case.is_open or standing:
        return "none"
    left = (due.legal - today).days
    return "no" if left < 0 else "check" if left <= SOON else "yes"
