"""Scripts to be read out, made from a version and what is due."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy, override

from consent import links
from consent.models import NoticeVersion
from consent.notices.rules import script as rules
from consent.notices.rules.due import Answer, Outcome
from consent.notices.rules.facts import LANGUAGES
from consent.notices.rules.items import FIRST_LAYER, ordered, topic
from consent.notices.rules.script import Script
from contacts.models import Person
from crm.kernel import errors

FULL_AGE = 16  # Art. 8(1) GDPR


class UnderAge(errors.DomainError):
    """A child is not read the script of adults."""

    code = "person-under-16"
    default_message = gettext_lazy(
        "Diese Person ist noch keine 16 Jahre alt. Bitte lesen Sie die Fassung in einfacher "
        "Sprache vor und bitten Sie um ein Gespräch mit den Eltern."
    )


class UnknownLanguage(errors.NotFound):
    """There are no notices in this language."""

    code = "unknown-notice-language"
    default_message = gettext_lazy(
        "Hinweise gibt es auf Deutsch (de), Englisch (en) und in einfacher Sprache (plain)."
    )


def compose(
    *,
    version: NoticeVersion,
    due: Answer,
    language: str,
    at: datetime,
    person: Person | None = None,
    rest_by: str = "email",
) -> Script:
    """What is to be read out of what is due (one query).

    :raises UnknownLanguage: neither ``de`` nor ``en`` nor ``plain``
    :raises UnderAge: the person is under 16 and the language is not ``plain``
    """
    if language not in LANGUAGES:
        raise UnknownLanguage()
    if person is not None and is_under_age(person, at=at) and language != "plain":
        raise UnderAge()
    rows = [row for row in version.items.all() if row.is_applicable]
    return rules.compose(
        due=due,
        said={row.item: row.spoken.get(language, "") for row in rows},
        surprising=frozenset(row.item for row in rows if row.is_surprising),
        language=language,
        link=links.to_say(links.notice(version.controller, version.purpose)),
        rest_by=rest_by,
        last_told=_last_told(due, language),
    )


def longest(version: NoticeVersion, language: str) -> Script:
    """The whole first layer: what somebody hears who knows nothing."""
    rows = [row for row in version.items.all() if row.is_applicable]
    first = [row.item for row in rows if topic(row.item) in FIRST_LAYER or row.is_surprising]
    due = Answer(
        outcome=Outcome.LAYERED,
        article=version.article,
        items=ordered(row.item for row in rows),
        first_layer=ordered(first),
    )
    return compose(version=version, due=due, language=language, at=version.created_at)


def is_under_age(person: Person, *, at: datetime) -> bool:
    """Whether the person is known to be younger than 16."""
    born, today = person.birth_date, timezone.localdate(at)
    if born is None:
        return False
    return _years(born, today) < FULL_AGE


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _last_told(due: Answer, language: str) -> str:
    if not due.known:
        return ""
    last = timezone.localtime(max(due.known.values()))
    with override("en" if language == "en" else "de"):
        return date_format(last, "DATE_FORMAT")
