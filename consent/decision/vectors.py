"""Published test vectors: a row's ``facts_json`` as plain values of this package.

The vocabulary is that of ``tests/consent/vectors/schema.md``; an absent key is an absent fact.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from consent.decision.consents import is_authorised
from consent.decision.facts import (
    Confirmation,
    Consent,
    Fact,
    Facts,
    Message,
    Objection,
    OptInRequest,
    Point,
    Presumed,
    Question,
    Restriction,
    Sale,
    Service,
    Suppression,
    Withdrawal,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """One row; ``must_have`` and ``must_not_have`` are codes or duties."""

    id: str
    family: str
    title: str
    profile: str
    at: datetime
    known_at: datetime | None
    channel: str
    purpose: str
    recipient_type: str
    facts: Mapping[str, Any]
    decision: str
    ground: str
    must_have: frozenset[str]
    must_not_have: frozenset[str]
    expected: Mapping[str, Any]
    debatable: str
    note: str


def parsed(row: Mapping[str, str]) -> Vector:
    """A row of the CSV file.

    :raises ValueError: a time or JSON cell cannot be read; the message names the row
    """
    try:
        return Vector(
            id=row["vector_id"],
            family=row["family"],
            title=row["title"],
            profile=row["profile"],
            at=instant(row["at_time"]) if row["at_time"] else datetime.now(UTC),
            known_at=instant(row["known_at"]) if row["known_at"] else None,
            channel=row["channel"],
            purpose=row["purpose"],
            recipient_type=row["recipient_type"] or "unknown",
            facts=json.loads(row["facts_json"] or "{}"),
            decision=row["expected_decision"],
            ground=row["expected_ground"],
            must_have=_codes(row["must_have_codes"]),
            must_not_have=_codes(row["must_not_have_codes"]),
            expected=json.loads(row["expected_json"] or "{}"),
            debatable=row["debatable"],
            note=row["note"],
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"{row.get('vector_id', '?')}: {error}") from error


def instant(text: str) -> datetime:
    """ISO 8601; without a zone it is UTC, a day begins at midnight."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def last_instant(text: str) -> datetime:
    """The first instant after what is meant: after the day, if only a day is given."""
    return instant(text) + timedelta(days=1) if len(text) == len("2026-03-03") else instant(text)


def question_of(vector: Vector) -> Question:
    """What the row asks."""
    facts = vector.facts
    message = facts.get("message", {})
    return Question(
        person=facts.get("person", {}).get("id", "p1"),
        point=facts.get("cp", {}).get("id", "cp1"),
        channel=vector.channel,
        purpose=vector.purpose,
        controller=facts.get("controller", "C1"),
        at=vector.at,
        known_at=vector.known_at,
        message=Message(
            has_ad_content=message.get("ad_content", False),
            has_opt_out_notice=message.get("opt_out_notice"),
            has_art14_notice=facts.get("art14", {}).get("status") == "in_this_message",
        ),
    )


def facts_of(vector: Vector) -> Facts:
    """What the row says is known."""
    given = vector.facts
    person, point = given.get("person", {}), given.get("cp", {})
    asked = point.get("id", "cp1")
    holders = {point.get("owner", "p1"), *point.get("shared_with", [])}
    known = min(vector.at, vector.known_at or vector.at)  # of facts that are told without a time
    art14 = given.get("art14", {}).get("status", "not_needed")
    return Facts(
        point=Point(
            status=point.get("status", "active"),
            source=point.get("source", "data_subject"),
            holders=frozenset(holders),
        ),
        recipient_type=vector.recipient_type,
        born=date.fromisoformat(person["born"]) if person.get("born") else None,
        died=_fact(known) if person.get("status") == "deceased" else None,
        consents=tuple(consent_of(each) for each in given.get("consents", [])),
        objections=tuple(
            Objection(
                **times(each),
                scope=each.get("scope") or "marketing_all",
                value=each.get("value") or "",
                person=each.get("person", "p1"),
            )
            for each in given.get("objections", [])
        ),
        suppressions=tuple(
            Suppression(
                **times(each),
                channel=each.get("channel") or "*",
                list=each.get("list", "internal"),
            )
            for each in given.get("suppression", [])
            if each.get("cp", asked) == asked
        ),
        restrictions=_restrictions(given.get("restriction")),
        sales=_sales(given.get("customer"), asked),
        presumed=_presumed(given.get("presumed"), known),
        services=_services(given.get("service"), known),
        requests=_requests(given.get("doi_request")),
        is_art14_due=art14 != "not_needed",
    )


def consent_of(given: Mapping[str, Any]) -> Consent:
    """One entry of ``consents``."""
    proof = given.get("doi") or {}
    confirmations: tuple[Confirmation, ...] = ()
    if proof.get("confirmed_at"):
        confirmations = (
            Confirmation(
                at=instant(proof["confirmed_at"]),
                recorded_at=instant(proof["confirmed_at"]),
                how=proof["kind"],
                point=proof.get("cp", given.get("cp", "cp1")),
            ),
        )
    return Consent(
        at=instant(given["granted_at"]),
        recorded_at=instant(given.get("recorded_at") or given["granted_at"]),
        event=given.get("id", ""),
        person=given.get("person", "p1"),
        point=given.get("cp", "cp1"),
        controller=given.get("controller", "C1"),
        channels=frozenset(given["channels"]),
        purposes=frozenset(given["purposes"]),
        method=given["method"],
        has_proof=given.get("proof", "full") == "full",
        text_missing=tuple(given.get("text_missing", ())),
        is_preticked=bool(given.get("preticked")),
        coupled=given.get("coupled") or "",
        is_tainted=bool(given.get("tainted")),
        has_guardian=is_authorised(given.get("guardian")),
        valid_until=last_instant(given["valid_until"]) if given.get("valid_until") else None,
        confirmations=confirmations,
        uses=tuple(_fact(instant(each)) for each in given.get("uses", [])),
        withdrawals=tuple(
            Withdrawal(
                **times(each),
                channels=frozenset([each["channel"]] if each.get("channel") else []),
                purposes=frozenset([each["purpose"]] if each.get("purpose") else []),
            )
            for each in given.get("withdrawals", [])
        ),
    )


def times(given: Mapping[str, Any]) -> dict[str, Any]:
    """``at`` and ``recorded_at``, which is the same unless it is said."""
    at = instant(given["at"])
    recorded = instant(given["recorded_at"]) if given.get("recorded_at") else at
    return {"at": at, "recorded_at": recorded, "event": given.get("id", "")}


def _fact(at: datetime) -> Fact:
    return Fact(at=at, recorded_at=at)


def _restrictions(given: Mapping[str, Any] | None) -> tuple[Restriction, ...]:
    if not given:
        return ()
    start = instant(given["from"])
    lifted = _fact(instant(given["to"])) if given.get("to") else None
    return (Restriction(at=start, recorded_at=start, lifted=lifted),)


def _sales(given: Mapping[str, Any] | None, asked: str) -> tuple[Sale, ...]:
    if not given or not given.get("sale_at"):
        return ()
    at = instant(given["sale_at"])
    return (
        Sale(
            at=at,
            recorded_at=at,
            sale=given.get("sale", "paid"),
            point=given.get("cp", asked),
            is_from_sale=bool(given.get("cp_from_sale")),
            is_own_similar=bool(given.get("own_similar")),
            has_notice=bool(given.get("notice_at_collection")),
        ),
    )


def _presumed(given: Mapping[str, Any] | None, known: datetime) -> tuple[Presumed, ...]:
    if not given:
        return ()
    at = instant(given["at"]) if given.get("at") else known
    return (
        Presumed(
            at=at,
            recorded_at=at,
            is_documented=bool(given.get("documented")),
            is_concrete=bool(given.get("concrete")),
        ),
    )


def _services(given: Mapping[str, Any] | None, known: datetime) -> tuple[Service, ...]:
    if not given or not given.get("relation"):
        return ()
    purposes = given.get("cp_given_for")
    purposes = [purposes] if isinstance(purposes, str) else purposes
    return (
        Service(
            at=known,
            recorded_at=known,
            relation=given["relation"],
            given_for=None if purposes in (None, True) else frozenset(purposes or ()),
            until=last_instant(given["until"]) if given.get("until") else None,
        ),
    )


def _requests(given: Mapping[str, Any] | None) -> tuple[OptInRequest, ...]:
    if not given:
        return ()
    at = instant(given["requested_at"])
    return (OptInRequest(at=at, recorded_at=at, sent=int(given.get("sent", 0))),)


def _codes(text: str) -> frozenset[str]:
    return frozenset(code for code in text.split("|") if code)
