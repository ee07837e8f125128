"""``{% load records %}``: words and signs for the parts of a record's page."""

from datetime import date

from django.http import HttpRequest
from django.template import Library
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from contacts import act_names, industries
from contacts.change_topics import Topic
from contacts.changes import Change, Page
from contacts.contact_points import Record
from contacts.difference_texts import LABELS
from contacts.freshness import Freshness
from contacts.models import Company, ContactPointKind, Salutation
from contacts.profile import Origin, Profile
from crm.ui import formats
from crm.ui.screens.records import subject
from crm.ui.screens.records.forms.company_picker import CompanyPicker
from crm.ui.screens.records.words import KIND_ICONS, TOPICS

register = Library()


@register.filter
def kind_icon(kind: str) -> str:
    """The sign of a kind of contact point."""
    return KIND_ICONS.get(ContactPointKind(kind), "info")


@register.filter
def change_icon(change: Change) -> str:
    """The sign of a change in the line."""
    return "letter" if change.action.startswith("address.") else TOPICS[change.topic][0]


@register.filter
def industry_words(codes: list[str]) -> str:
    """``28.29 Maschinenbau``."""
    return ", ".join(f"{code} {industries.name_of(code)}".strip() for code in codes)


@register.filter
def topic_icon(topic: Topic) -> str:
    """The sign of a topic."""
    return TOPICS[topic][0]


@register.filter
def topic_label(topic: Topic) -> str:
    """The word for a topic."""
    return str(TOPICS[topic][1])


@register.filter
def change_title(change: Change) -> str:
    """What happened, in a few words."""
    return act_names.told(change.action, change.differences) or str(TOPICS[change.topic][1])


@register.filter
def origin_for(profile: Profile, name: str) -> Origin:
    """The origin of one of the record's own fields."""
    return profile.fields.get(name, profile.origin)


@register.filter
def origin_text(origin: Origin) -> str:
    """``Herkunft: ERP, bestätigt am 12.02.2026`` for the pointer that rests on a value."""
    words = {"source": origin.source.name, "day": formats.day(origin.confirmed_on)}
    if origin.freshness == Freshness.NEVER:
        return _("Herkunft: %(source)s, nie bestätigt") % words
    return _("Herkunft: %(source)s, bestätigt am %(day)s") % words


@register.filter
def shown(value: str | date) -> str:
    """A value of a difference: text as it is, a day as people write it."""
    return formats.day(value) if isinstance(value, date) else value


@register.filter
def short_day(value: date) -> str:
    """``16.03.``; the year stands in the heading of the month."""
    near = formats.near_day(value)
    return near if near != formats.day(value) else formats.day(value)[:6]


@register.filter
def month(value: date) -> str:
    """``03/2019`` for when a role began."""
    return f"{value:%m/%Y}"


@register.filter
def field_label(name: str) -> str:
    """The word for one of the record's own fields."""
    return str(LABELS.get(name, name))


@register.filter
def language_word(code: str) -> str:
    """``Deutsch`` for ``de``; the code itself if nobody knows it."""
    try:
        return str(get_language_info(code)["name_translated"]) if code else ""
    except KeyError:
        return code


@register.simple_tag
def record_url(record: Record) -> str:
    """The address of the page of a person or company."""
    return subject.url_of(record)


@register.simple_tag
def audit_url(record: Record) -> str:
    """Where the audit log tells of this record alone."""
    place = f"{record._meta.model_name}:{record.public_id}"
    return f"{reverse('audit-log')}?object={place}"


@register.simple_tag
def new_person_url(company: Company) -> str:
    """Where a person is added to the company."""
    return f"{reverse('person-new')}?{urlencode({'firma': str(company.public_id)})}"


@register.simple_tag
def older_url(history: Page, home: str, topic: Topic | None) -> str:
    """Where the next older changes are; ``monat`` is the month whose heading stands already."""
    query = {"vor": str(history.older), "monat": f"{localtime(history.changes[-1].at):%Y-%m}"}
    return f"{home}?{urlencode(query | ({'art': topic.value} if topic else {}))}"


@register.simple_tag
def cancel_url(request: HttpRequest) -> str:
    """Where the form is taken back."""
    return f"{request.path}?abbrechen=1"


@register.simple_tag
def choices_query(form: CompanyPicker) -> str:
    """Whether a new company may be among the choices."""
    return "?neu=1" if form.may_be_new else ""


@register.simple_tag
def choices_id(form: CompanyPicker) -> str:
    """The id of the element that holds the choices."""
    return f"{form['company'].auto_id}_choices"


@register.simple_tag
def salutations() -> list[tuple[str, str]]:
    """The choices of a salutation."""
    return [(code, str(label)) for code, label in Salutation.choices]
