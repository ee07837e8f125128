"""What is due to whom: the rules, asked with what lies in the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import controllers, references
from consent.models import (
    Controller,
    EventKind,
    LedgerEvent,
    NoticeProvision,
    NoticePurpose,
    NoticeVersion,
)
from consent.notices import configuring, scripts, versions
from consent.notices.rules import VERSION as RULES
from consent.notices.rules import due as rules
from consent.notices.rules import wording
from consent.notices.rules.facts import LANGUAGES, NOT_FROM_THE_PERSON, PURPOSES
from consent.notices.rules.script import Script
from contacts.models import Person, SourceKind
from crm.kernel import errors

ELSEWHERE = "elsewhere"
SOURCES = {
    SourceKind.SUPPLIER: "address_supplier",
    SourceKind.PUBLIC: "public",
    SourceKind.THIRD_PERSON: "third_person",
}


class NothingPublished(errors.DomainError):
    """The purpose is set up, but there is no notice for it yet."""

    code = "no-notice-published"
    default_message = gettext_lazy(
        "Für diesen Zweck sind noch keine Datenschutzhinweise veröffentlicht."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What of which version is due to somebody; ``language`` is that in which to tell it."""

    version: NoticeVersion
    answer: rules.Answer
    profile: str
    language: str

    @property
    def outcome(self) -> rules.Outcome:
        """NONE, LAYERED, FULL, DELTA, DEFER_TO_APPOINTMENT or REVIEW."""
        return self.answer.outcome

    @property
    def article(self) -> int | None:
        """13 or 14; None where the GDPR does not apply."""
        return self.answer.article

    @property
    def items(self) -> tuple[str, ...]:
        """What is due, in the order of the law."""
        return self.answer.items

    @property
    def first_layer(self) -> tuple[str, ...]:
        """What of it is said at once."""
        return self.answer.first_layer

    @property
    def due_by(self) -> date | None:
        """The last day; None: now."""
        return self.answer.due_by

    @property
    def known(self) -> Mapping[str, datetime]:
        """The items that the person has, and since when."""
        return self.answer.known


def due_for(
    *,
    person: Person | None,
    purpose: str,
    at: datetime,
    medium: str,
    controller: Controller | None = None,
    collected_at: datetime | None = None,
    storage: str = "electronic",
    is_personal: bool = True,
    appointment_on: date | None = None,
    first_communication_at: datetime | None = None,
    disclosed_at: datetime | None = None,
    is_rest_refused: bool = False,
) -> Due:
    """What is due to a person (None: somebody unknown) when data come in for a purpose.

    :raises configuring.UnknownPurpose: the purpose is not set up
    :raises NothingPublished: it is, but no notice of it was published
    """
    controller = controller or controllers.default()
    version = version_for(controller=controller, purpose=purpose)
    collection = rules.Collection(
        at=collected_at or at,
        medium=medium,
        source=source_of(person, purpose),
        storage=storage,
        is_personal=is_personal,
        appointment_on=appointment_on,
        first_communication_at=first_communication_at,
        disclosed_at=disclosed_at,
        is_rest_refused=is_rest_refused,
    )
    return asked(version=version, person=person, collection=collection, at=at)


def asked(
    *,
    version: NoticeVersion,
    person: Person | None,
    collection: rules.Collection,
    at: datetime,
    profile: str = "",
    told: Sequence[NoticeProvision] | None = None,
) -> Due:
    """What of this version is due, for any collection of data; ``told`` if it is read already."""
    if told is None:
        told = provisions_of(person, at=at) if person else []
    rows = [row for row in version.items.all() if row.is_applicable]
    profile = profile or version.controller.notice_profile
    question = rules.Question(
        at=at,
        controller=str(version.controller.public_id),
        collection=collection,
        current=rules.Current(
            hashes={row.item: row.material_hash for row in rows},
            surprising=frozenset(row.item for row in rows if row.is_surprising),
        ),
        given=tuple(map(_given, told)),
        language=person.language[:2] if person else "",
        profile=profile,
    )
    answer = rules.answer(question)
    return Due(version=version, answer=answer, profile=profile, language=language_of(person))


def script(
    *,
    due: Due,
    at: datetime,
    language: str = "",
    person: Person | None = None,
    rest_by: str = "email",
) -> Script:
    """What is to be read out.

    :raises scripts.UnknownLanguage: neither ``de`` nor ``en`` nor ``plain``
    :raises scripts.UnderAge: the person is under 16 and the language is not ``plain``
    """
    return scripts.compose(
        version=due.version,
        due=due.answer,
        language=language or due.language,
        at=at,
        person=person,
        rest_by=rest_by,
    )


def as_json(due: Due) -> dict[str, Any]:
    """What is due, as codes for programs."""
    return {
        "purpose": due.version.purpose,
        "version": due.version.number,
        "version_id": str(due.version.public_id),
        "outcome": str(due.outcome),
        "article": due.article,
        "profile": due.profile,
        "rules": RULES,
        "items_due": list(due.items),
        "first_layer": list(due.first_layer),
        "new": list(due.answer.new),
        "known": {item: at.isoformat() for item, at in due.known.items()},
        "due_by": due.due_by.isoformat() if due.due_by else None,
        "doubts": [str(each) for each in due.answer.doubts],
    }


def script_json(script: Script) -> dict[str, Any]:
    """A script, as it is shown to programs."""
    estimate = script.estimate
    return {
        "layer": "spoken",
        "language": script.language,
        "text": script.text,
        "items": list(script.items),
        "words": estimate.words,
        "seconds": estimate.seconds,
        "length": str(estimate.length),
        "sentences": [
            {"text": each.text, "item": each.item, "is_surprising": each.is_surprising}
            for each in script.sentences
        ],
    }


def provisions_of(person: Person, *, at: datetime) -> list[NoticeProvision]:
    """What the person was told, or was tried to be told (3 queries).

    Of somebody who was merged into the person it counts once their identity is documented.
    """
    refs = references.subjects_of([person.pk]).get(person.pk, [])
    own = references.own_of([person.pk]).get(person.pk)
    if refs != [own] and not _is_identified(refs, at):
        refs = [own] if own else []
    rows = NoticeProvision.objects.filter(subject__in=refs).order_by("given_at", "id")
    return list(rows.select_related("controller", "version"))


def source_of(person: Person | None, purpose: str) -> str:
    """Where the data for a purpose come from (one query where it is not the person)."""
    if purpose not in NOT_FROM_THE_PERSON:
        return "data_subject"
    return SOURCES.get(SourceKind(person.source.kind), ELSEWHERE) if person else ELSEWHERE


def language_of(person: Person | None) -> str:
    """The language in which to tell somebody: German unless the person speaks another."""
    spoken = person.language[:2] if person else ""
    return spoken if spoken in LANGUAGES else "en" if spoken else "de"


def version_for(*, controller: Controller, purpose: str) -> NoticeVersion:
    """The version in force.

    :raises configuring.UnknownPurpose: the purpose is not set up
    :raises NothingPublished: it is, but no notice of it was published
    """
    version = versions.current(controller=controller, purpose=purpose)
    if version is not None:
        return version
    is_set_up = NoticePurpose.objects.filter(controller=controller, code=purpose).exists()
    if purpose not in PURPOSES or not is_set_up:
        raise configuring.unknown(purpose, controller=controller)
    raise NothingPublished(
        _("Für „%(purpose)s“ sind noch keine Datenschutzhinweise veröffentlicht.")
        % {"purpose": wording.purpose(purpose, "de")}
    )


def _is_identified(refs: Iterable[UUID], at: datetime) -> bool:
    """Whether somebody checked after the last merge that it is one and the same person."""
    last = (
        LedgerEvent.objects.filter(
            person__in=list(refs),
            kind__in=[EventKind.MERGED, EventKind.IDENTIFIED],
            effective_at__lte=at,
        )
        .order_by("-seq")
        .first()
    )
    return last is not None and last.kind == EventKind.IDENTIFIED


def _given(row: NoticeProvision) -> rules.Given:
    return rules.Given(
        at=row.given_at,
        status=row.status,
        medium=row.medium,
        hashes=row.items,
        controller=str(row.controller.public_id),
        language=row.language,
        version=str(row.version_id),
        reference=row.reference,
        is_whole=row.is_whole,
    )
