"""The families notice_due and notice_publish: versions and provisions as they really lie."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from consent import circumstances
from consent.checking.outcomes import Outcome
from consent.checking.world import BEGINNING, World
from consent.decision.vectors import Vector, instant
from consent.models import Controller, NoticeItem, NoticeStatus, NoticeVersion
from consent.notices import asking, provisions, versions
from consent.notices.rules import completeness, due, items
from consent.notices.rules.facts import LANGUAGES
from contacts import merging
from crm.kernel import errors

ARTICLES = {"13": "appointment", "14": "bought_addresses"}
WORDS = dict.fromkeys(LANGUAGES, "Vektor")
MEDIA = {"phone_inbound": "phone", "web": "website", "import": "letter", "post": "letter"}


def ask(vector: Vector) -> Outcome:
    """What is due, after everything the row tells of was recorded."""
    given = vector.facts
    world = World(kind="email")
    asked = given.get("person", {})
    person = world.person(asked.get("id", "p1"))
    person.language = asked.get("lang") or ""
    person.save(update_fields=["language"])
    for each in given.get("provisions", []):
        _provision(world, each)
    world.happen()
    _unite(world, given.get("same_person", []), vector.at)
    collection = _collection(given, vector.at)
    current = given.get("current", {})
    version = _version(
        world.controller("C1"),
        article=collection.article,
        hashes=current.get("items", {"*": "v1"}),
        not_applicable=current.get("na", []),
        surprising=current.get("surprising", []),
    )
    profile = given.get("profile") or vector.profile or due.Profile.WP260
    got = asking.asked(
        version=version, person=person, collection=collection, at=vector.at, profile=profile
    )
    return Outcome(
        str(got.outcome),
        has_doubts=bool(got.answer.doubts),
        found={
            "article": got.article,
            "items_due": list(got.items),
            "layer1": list(got.first_layer),
            "due_by": got.due_by.isoformat() if got.due_by else None,
        },
    )


def publish(vector: Vector) -> Outcome:
    """Whether a draft with these items can be published."""
    given = vector.facts
    present, reasons = given.get("items", []), given.get("na", {})
    article = 14 if any(item.startswith("14.") for item in [*present, *reasons]) else 13
    version = NoticeVersion.objects.create(
        controller=World(kind="email").controller("C1"),
        purpose="vector",
        article=article,
        number=1,
        created_at=BEGINNING,
    )
    version.conditions = versions.stored(
        completeness.Conditions(
            article=article,
            legal_bases=frozenset(given.get("legal_bases", ())),
            has_officer=bool(given.get("dpo")),
            has_transfer=bool(given.get("third_country")),
            objection_is_separate=bool(given.get("art21_separate")),
        )
    )
    version.save()
    rows = [_row(version, item, "v1") for item in present]
    rows += [
        NoticeItem(version=version, item=item, reason=reason)
        for item, reason in reasons.items()
        if item not in present
    ]
    NoticeItem.objects.bulk_create(rows)
    try:
        versions.publish(actor=None, version=version, at=vector.at)
    except errors.Invalid as error:
        return Outcome("INVALID", found={"missing": error.data["missing"]})
    return Outcome("PUBLISHABLE", found={"missing": []})


def _collection(given: Mapping[str, Any], at: datetime) -> due.Collection:
    told = given.get("collection", {})
    appointment = given.get("appointment_at")
    return due.Collection(
        at=instant(told["at"]) if told.get("at") else at,
        medium=told.get("medium", ""),
        source=told.get("source", "data_subject"),
        storage=told.get("storage", "electronic"),
        is_personal=told.get("personal_data", True),
        appointment_on=date.fromisoformat(appointment[:10]) if appointment else None,
        first_communication_at=_instant(given.get("first_communication_at")),
        disclosed_at=_instant(given.get("disclosure_at")),
        is_rest_refused=bool(given.get("refused_layer2")),
    )


def _instant(text: str | None) -> datetime | None:
    return instant(text) if text else None


def _provision(world: World, given: Mapping[str, Any]) -> None:
    at = instant(given["at"])
    article = int(given.get("kind") or 13)
    status, medium = given.get("status", "delivered"), given.get("medium", "email")
    version = _version(
        world.controller(given.get("controller", "C1")),
        article=article,
        hashes=given.get("items", {"*": "v1"}),
    )
    only = given.get("only")
    world.later(
        at,
        lambda: provisions.record(
            actor=None,
            person=world.person(given.get("person", "p1")),
            version=version,
            items=only or None,
            medium=MEDIA.get(medium, medium),
            status=status,
            language=given.get("lang") or "",
            given_at=at,
            at=at,
        ),
    )


def _unite(world: World, names: list[str], at: datetime) -> None:
    if len(names) < 2:
        return
    survivor, *others = map(world.person, names)
    merging.merge(actor=None, survivor=survivor, others=others, at=at)
    circumstances.document_identity(actor=None, person=survivor, proof="Vektor", at=at)


def _version(
    controller: Controller,
    *,
    article: int,
    hashes: Mapping[str, str],
    not_applicable: list[str] | None = None,
    surprising: list[str] | None = None,
) -> NoticeVersion:
    """A version of which only the hashes are told; superseded, so that there may be several."""
    count = NoticeVersion.objects.filter(controller=controller, purpose="vector").count()
    version = NoticeVersion.objects.create(
        controller=controller,
        purpose="vector",
        article=article,
        number=count + 1,
        created_at=BEGINNING,
    )
    applicable = [item for item in items.of(article) if item not in (not_applicable or ())]
    rows = [_row(version, item, _hash(hashes, item)) for item in applicable]
    for row in rows:
        row.is_surprising = row.item in (surprising or ())
    NoticeItem.objects.bulk_create(rows)
    version.status, version.published_at = NoticeStatus.RETIRED, BEGINNING
    version.sha256 = versions.digest(version)
    version.save()
    return version


def _hash(hashes: Mapping[str, str], item: str) -> str:
    """What is not told of an item is told of its twin, or of all."""
    for name in (item, items.topic(item), "*"):
        if name in hashes:
            return hashes[name]
    return ""


def _row(version: NoticeVersion, item: str, hash_: str) -> NoticeItem:
    return NoticeItem(
        version=version, item=item, facts={}, material_hash=hash_, texts=WORDS, spoken=WORDS
    )
