"""``{% load audit %}``: words, signs and addresses for entries of the audit log."""

from django.http import HttpRequest
from django.template import Library
from django.urls import reverse

from contacts import act_kinds
from contacts.act_kinds import Kind
from contacts.audit_subjects import WORDS, Subject
from crm.accounts.policy import Permission

register = Library()
SIGNS = {
    Kind.RECORD: "note",
    Kind.REACH: "phone",
    Kind.ROLES: "company",
    Kind.QUALIFICATION: "task",
    Kind.CONFIRMATION: "check",
    Kind.IMPORT: "import",
    Kind.DUPLICATES: "copy",
    Kind.EXPORT: "export",
    Kind.CONSENTS: "ledger",
    Kind.OPPORTUNITIES: "deal",
    Kind.ACTIVITIES: "followup",
    Kind.ACCOUNTS: "key",
    Kind.SETTINGS: "settings",
}
PAGES = {
    "person": ("person-detail", Permission.CONTACTS_VIEW),
    "company": ("company-detail", Permission.CONTACTS_VIEW),
    "import": ("import-detail", Permission.CONTACTS_IMPORT),
    "matching": ("matching-run", Permission.DUPLICATES_RUN),
    "source": ("source-edit", Permission.SOURCES_MANAGE),
    "criterion": ("criterion-edit", Permission.CRITERIA_MANAGE),
    "user": ("user-detail", Permission.ACCOUNTS_MANAGE),
    "team": ("team-edit", Permission.ACCOUNTS_MANAGE),
}


@register.filter
def act_icon(action: str) -> str:
    """The sign of the kind of an act."""
    return SIGNS[act_kinds.of(action)]


@register.filter
def subject_word(subject: Subject) -> str:
    """What kind of object it is."""
    return str(WORDS.get(subject.kind, subject.kind))


@register.simple_tag
def subject_url(request: HttpRequest, subject: Subject) -> str:
    """The page of the object; empty if it has none that the user may open."""
    if subject.kind not in PAGES or not subject.key:
        return ""
    name, permission = PAGES[subject.kind]
    allowed = permission in request.user.access.permissions  # type: ignore[union-attr]
    return reverse(name, args=[subject.key]) if allowed else ""
