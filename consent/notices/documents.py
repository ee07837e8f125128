"""A version as it is read: one section for each item, the right to object by itself."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from consent.models import Controller, NoticeStatus, NoticeVersion
from consent.notices import asking, configuring, versions
from consent.notices.rules import items, wording
from contacts.models import Person
from crm.kernel import errors


@dataclass(frozen=True, slots=True)
class Section:
    """One item. ``is_new``: it is not what the reader was told last."""

    item: str
    title: str
    text: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The whole notice in one language; ``objection`` stands apart (Art. 21(4) GDPR)."""

    version: NoticeVersion
    language: str
    heading: str
    title: str
    dated: str
    sections: tuple[Section, ...]
    objection: Section | None

    @property
    def published_at(self) -> datetime | None:
        """Since when it is, or was, in force."""
        return self.version.published_at

    @property
    def is_in_force(self) -> bool:
        """Whether it was not superseded."""
        return self.version.status == NoticeStatus.PUBLISHED


def of_version(version: NoticeVersion, *, language: str, new: tuple[str, ...] = ()) -> Document:
    """What the version says in a language; ``new`` items are marked (one query)."""
    sections = {
        row.item: Section(
            row.item,
            wording.title(row.item, language),
            row.texts.get(language, ""),
            row.item in new,
        )
        for row in version.items.all()
        if row.is_applicable
    }
    objection = sections.pop(items.OBJECTION, None)
    words = wording.WORDS[language]
    return Document(
        version=version,
        language=language,
        heading=words.HEADING,
        dated=words.VERSION.format(
            number=version.number, day=day(version.published_at or version.created_at, language)
        ),
        title=wording.purpose(version.purpose, language),
        sections=tuple(sections[item] for item in items.ordered(sections)),
        objection=objection,
    )


def for_person(
    version: NoticeVersion, *, person: Person, language: str, new: tuple[str, ...] = ()
) -> Document:
    """The same, with the source of this person's own data where Art. 14 asks for it."""
    made = of_version(version, language=language, new=new)
    if version.article != 14:
        return made
    told = wording.WORDS[language].OWN_SOURCE.format(
        source=person.source.supplier or person.source.name,
        day=day(person.created_at, language),
    )
    return replace(
        made,
        sections=tuple(
            replace(each, text=told) if each.item == items.SOURCE else each
            for each in made.sections
        ),
    )


def day(moment: datetime, language: str) -> str:
    """A date as the language writes it."""
    with override("en" if language == "en" else "de"):
        return date_format(timezone.localtime(moment), "DATE_FORMAT")


def in_force(*, controller: Controller, purpose: str) -> NoticeVersion:
    """The version that everybody may read.

    :raises errors.NotFound: there is none
    """
    try:
        return asking.version_for(controller=controller, purpose=purpose)
    except (configuring.UnknownPurpose, asking.NothingPublished) as error:
        raise errors.NotFound(purpose=purpose[:40]) from error


def superseded(version: NoticeVersion) -> NoticeVersion | None:
    """The version that holds instead of this one; None if it holds itself."""
    if version.status == NoticeStatus.PUBLISHED:
        return None
    return versions.current(controller=version.controller, purpose=version.purpose)


def published(public_id: object) -> NoticeVersion:
    """A version that is or was in force.

    :raises errors.NotFound: there is none with this id, or it is a draft
    """
    found = (
        NoticeVersion.objects.exclude(status=NoticeStatus.DRAFT)
        .filter(public_id=str(public_id))
        .select_related("controller")
        .first()
    )
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found
