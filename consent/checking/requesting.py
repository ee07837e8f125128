"""How the vectors of subject requests and of retention are asked."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from consent.checking import world as worlds
from consent.checking.outcomes import Outcome
from consent.decision.vectors import Vector
from consent.models import SubjectRequest
from consent.requests import answering, cases
from consent.requests.answering import Article, Asked, Step
from consent.retention import deciding
from consent.retention.deciding import Kept


def dsr(vector: Vector) -> Outcome:
    """A real request goes its way; what it leads to is the rule of its article."""
    given = vector.facts
    article = str(given["type"])
    received = _day(given.get("received")) or timezone.localdate(vector.at)
    person = worlds.World(kind="email").person("p1")
    moment = timezone.make_aware(datetime.combine(received, time(8)))
    case = cases.receive(
        actor=None,
        article=article,
        channel="EMAIL",
        person=person,
        received_at=moment,
        is_marketing=bool(given.get("marketing", True)),
        at=max(moment, vector.at),
    )
    today = timezone.localdate(max(moment, vector.at))
    refused = _went_on(case, given) if case.is_open else None
    if refused is not None:
        return Outcome(Step.REJECT_EXTENSION, has_doubts=False, found={"overdue_since": refused})
    due = cases.due_of(case, today=today)
    found = answering.answer(_asked(given, received), today=today)
    return Outcome(
        found.step,
        has_doubts=found.is_open or due.paused > 0,
        found={
            "due_internal": due.internal.isoformat(),
            "due_legal": due.legal.isoformat(),
            **found.details,
        },
    )


def _went_on(case: SubjectRequest, given: Mapping[str, Any]) -> str | None:
    """Since when it is overdue, if the extension is refused."""
    for day, act in (
        (_day(given.get("id_requested")), "ask"),
        (_day(given.get("id_received")), "prove"),
        (_day(given.get("extended_on")), "extend"),
    ):
        if day is None:
            continue
        at = timezone.make_aware(datetime.combine(day, time(12)))
        if act == "ask":
            cases.ask_identity(actor=None, case=case, on=day, at=at)
        elif act == "prove":
            cases.prove_identity(actor=None, case=case, on=day, how="Vektor", at=at)
        else:
            reason = str(given.get("reason", "Vektor"))
            try:
                cases.extend(actor=None, case=case, told_on=day, reason=reason, at=at)
            except cases.ExtensionTooLate as error:
                return str(error.data["overdue_since"])
    return None


def _asked(given: Mapping[str, Any], received: date) -> Asked:
    return Asked(
        article=Article(str(given["type"])),
        received_on=received,
        is_marketing=bool(given.get("marketing", True)),
        invoices=[date.fromisoformat(each) for each in given.get("invoices", [])],
        recipients=given.get("recipients", []),
        answered_before=_day(given.get("previous")),
        only_retained=bool(given.get("only_retention")),
        is_locked=bool(given.get("locked")),
        is_disproportionate=bool(given.get("disproportionate")),
    )


def retention(vector: Vector) -> Outcome:
    """What the schedule says on that day."""
    given = vector.facts
    found = deciding.decide(
        Kept(
            rule=given["kind"],
            began_on=_day(given.get("granted") or given.get("date")),
            uses=[date.fromisoformat(each[:10]) for each in given.get("uses", [])],
            ended_on=_day(given.get("withdrawn")),
            is_to_be_erased=bool(given.get("erasure_request")),
        ),
        today=timezone.localdate(vector.at),
    )
    return Outcome(
        found.fate,
        has_doubts=found.is_open,
        found={"until": found.until.isoformat() if found.until else None},
    )


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None
