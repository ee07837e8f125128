"""How each family of vectors is asked."""

from collections.abc import Callable

from django.db.models import F

from consent import circumstances, facts, gate, reading, shadow, surroundings
from consent.checking import informing, opting_in, setting_up
from consent.checking import world as worlds
from consent.checking.outcomes import Outcome
from consent.decision import attributes, recording
from consent.decision.facts import Message
from consent.decision.vectors import Vector
from consent.ledger import tampering
from consent.models import Subject
from contacts import merging
from contacts.models import Person


def run(vector: Vector) -> list[str]:
    """Ask one row; gives what differs from it, empty if nothing does."""
    asked = FAMILIES[vector.family]
    with shadow.empty_ledger():
        return _differences(vector, asked(vector))


def _differences(vector: Vector, got: Outcome) -> list[str]:
    different = []
    if got.decision != vector.decision:
        different.append(f"decision {got.decision} instead of {vector.decision}")
    if vector.ground and got.ground != vector.ground:
        different.append(f"ground {got.ground} instead of {vector.ground}")
    if missing := vector.must_have - got.codes:
        different.append(f"lacks {', '.join(sorted(missing))}")
    if extra := vector.must_not_have & got.codes:
        different.append(f"must not have {', '.join(sorted(extra))}")
    for key, value in vector.expected.items():
        if got.found.get(key) != value:
            different.append(f"{key} {got.found.get(key)!r} instead of {value!r}")
    if vector.debatable == "yes" and not got.has_doubts:
        different.append("the explanation does not tell that the law is unsettled")
    return different


def may_contact(vector: Vector) -> Outcome:
    """Through the gate, against the ledger."""
    world = setting_up.built(vector)
    given = vector.facts
    message = given.get("message", {})
    decision = gate.may_contact(
        person=world.person(given.get("person", {}).get("id", "p1")),
        point=world.point(given.get("cp", {}).get("id", "cp1")),
        channel=vector.channel,
        purpose=vector.purpose,
        controller=world.controller(given.get("controller", "C1")),
        message=Message(
            has_ad_content=bool(message.get("ad_content")),
            has_opt_out_notice=message.get("opt_out_notice"),
            has_art14_notice=given.get("art14", {}).get("status") == "in_this_message",
        ),
        at=vector.at,
        known_at=vector.known_at,
    )
    return Outcome(
        decision=str(decision.outcome),
        ground=str(decision.ground),
        codes=frozenset((*map(str, decision.codes), *map(str, decision.duties))),
        has_doubts=bool(decision.doubts),
    )


def chain(vector: Vector) -> Outcome:
    """With a chain of its own, as nobody tampers with the real one."""
    decision, found = tampering.chain_case(vector.facts)
    return Outcome(decision=decision, found=found)


def merge(vector: Vector) -> Outcome:
    """Two persons made one by the real merge."""
    given = vector.facts
    world = worlds.World(kind=given.get("channel", "email"))
    records = [world.person("A"), world.person("B")]
    for person, name in zip(records, "AB", strict=True):
        setting_up.declare(world, person, given.get(name, {}))
    world.happen()
    before = list(reading.lines())
    made = merging.merge(actor=None, survivor=records[0], others=records[1:], at=vector.at)
    if "unmerge_event" in given:
        merging.undo(actor=None, merge=made, at=vector.at)
        kept = list(reading.lines())[: len(before)]
        rewritten = sum(one != other for one, other in zip(before, kept, strict=True))
        is_split = Subject.objects.filter(person=F("made_for")).count() == Subject.objects.count()
        return Outcome("SPLIT" if is_split else "MERGED", found={"events_rewritten": rewritten})
    if given.get("resolution"):
        circumstances.document_identity(
            actor=None, person=records[0], proof=given["resolution"], at=vector.at
        )
    return _of_merged(vector, world, records[0])


def _of_merged(vector: Vector, world: worlds.World, person: Person) -> Outcome:
    given = vector.facts
    name = given.get("ask_cp") or given["A"].get("cp") or given["B"].get("cp") or "x@y"
    point = world.point(name)
    channel = given.get("channel", "email")
    around, _controller = surroundings.of(person=person, point=point)
    known = facts.facts_from(around, facts.events_for(around))
    decision = gate.may_contact(
        person=person, point=point, channel=channel, purpose="newsletter", at=vector.at
    )
    codes = {str(code) for code in decision.codes}
    answer = str(decision.outcome)
    if any("restricted_from" in given[each] for each in "AB") and known.restrictions:
        answer = "RESTRICTED"
    elif any("type" in given[each] for each in "AB"):
        answer = known.recipient_type.upper()
    wanted = vector.expected.get("code")
    return Outcome(
        decision=answer,
        codes=frozenset(codes),
        has_doubts=bool(decision.doubts),
        found={
            "task": "MERGE_CONFLICT" if "MERGE_CONFLICT" in codes else None,
            "code": wanted if wanted in codes else next(iter(codes), None),
        },
    )


def record(vector: Vector) -> Outcome:
    """Whether a call may be recorded."""
    answer = recording.may_record(
        agent=vector.facts.get("agent", ""), customer=vector.facts.get("customer", "")
    )
    return Outcome("ALLOW" if answer else "DENY", found={"continue_call": answer.continue_call})


def store(vector: Vector) -> Outcome:
    """Whether a criterion may be kept about a person."""
    answer = attributes.may_store(
        kind=attributes.kind_of(vector.facts.get("attribute", "")),
        consent=vector.facts.get("consent"),
        needed_for=vector.facts.get("needed_for"),
    )
    return Outcome(str(answer.outcome))


FAMILIES: dict[str, Callable[[Vector], Outcome]] = {
    "may_contact": may_contact,
    "chain": chain,
    "merge": merge,
    "doi": opting_in.ask,
    "notice_due": informing.ask,
    "notice_publish": informing.publish,
    "record": record,
    "store": store,
}
