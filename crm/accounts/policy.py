"""Who may do what: permissions by role, visibility by role, one :class:`Access` per user."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crm.accounts.models import Role, RoleCode, Team, Visibility
from crm.kernel import answers, errors
from crm.kernel.prepared import prepared

if TYPE_CHECKING:
    from crm.accounts.models import User


class Permission(StrEnum):
    """Everything that can be allowed or refused to a role."""

    CONTACTS_VIEW = "contacts.view"
    CONTACTS_EDIT = "contacts.edit"
    CONTACTS_ASSIGN = "contacts.assign"
    CONTACTS_EXPORT = "contacts.export"
    CONTACTS_IMPORT = "contacts.import"
    CONTACTS_MERGE = "contacts.merge"
    DUPLICATES_RUN = "duplicates.run"
    DUPLICATES_AUTOMATE = "duplicates.automate"
    CRITERIA_MANAGE = "criteria.manage"
    SOURCES_MANAGE = "sources.manage"
    AUDIT_VIEW = "audit.view"
    CONSENT_VIEW = "consent.view"
    CONSENT_RECORD = "consent.record"
    CONSENT_AUDIT = "consent.audit"
    CONSENT_MANAGE = "consent.manage"
    REQUESTS_MANAGE = "requests.manage"
    CAMPAIGNS_VIEW = "campaigns.view"
    CAMPAIGNS_RUN = "campaigns.run"
    HISTORY_VIEW = "history.view"
    HISTORY_RECORD = "history.record"
    HISTORY_MANAGE = "history.manage"
    OPPORTUNITIES_VIEW = "opportunities.view"
    OPPORTUNITIES_EDIT = "opportunities.edit"
    OPPORTUNITIES_MANAGE = "opportunities.manage"
    COMMERCE_IMPORT = "commerce.import"
    EVENTS_MANAGE = "events.manage"
    REPORTS_VIEW = "reports.view"
    TELEPHONY_MANAGE = "telephony.manage"
    ACCOUNTS_MANAGE = "accounts.manage"


P = Permission
_AGENT = frozenset(
    {
        P.CONTACTS_VIEW,
        P.CONTACTS_EDIT,
        P.CONTACTS_MERGE,
        P.CONSENT_VIEW,
        P.CONSENT_RECORD,
        P.HISTORY_VIEW,
        P.HISTORY_RECORD,
        P.OPPORTUNITIES_VIEW,
        P.OPPORTUNITIES_EDIT,
    }
)
GRANTS: dict[str, frozenset[Permission]] = {
    RoleCode.SALES: _AGENT,
    RoleCode.SERVICE: _AGENT,
    RoleCode.TEAM_LEAD: frozenset(
        {
            P.CONTACTS_VIEW,
            P.CONTACTS_EDIT,
            P.CONTACTS_ASSIGN,
            P.CONTACTS_EXPORT,
            P.CONTACTS_IMPORT,
            P.CONTACTS_MERGE,
            P.DUPLICATES_RUN,
            P.SOURCES_MANAGE,
            P.CAMPAIGNS_VIEW,
            P.CAMPAIGNS_RUN,
            P.CONSENT_VIEW,
            P.CONSENT_RECORD,
            P.HISTORY_VIEW,
            P.HISTORY_RECORD,
            P.HISTORY_MANAGE,
            P.OPPORTUNITIES_VIEW,
            P.OPPORTUNITIES_EDIT,
            P.OPPORTUNITIES_MANAGE,
            P.COMMERCE_IMPORT,
            P.EVENTS_MANAGE,
            P.REPORTS_VIEW,
        }
    ),
    RoleCode.PRIVACY: frozenset(
        {
            P.CONTACTS_VIEW,
            P.CONTACTS_EXPORT,
            P.AUDIT_VIEW,
            P.CAMPAIGNS_VIEW,
            P.CONSENT_VIEW,
            P.CONSENT_RECORD,
            P.CONSENT_AUDIT,
            P.CONSENT_MANAGE,
            P.REQUESTS_MANAGE,
            P.HISTORY_VIEW,
        }
    ),
    RoleCode.ADMIN: frozenset(Permission),
}
WIDTH = {Visibility.OWN: 0, Visibility.TEAM: 1, Visibility.ALL: 2}


@dataclass(frozen=True, slots=True)
class Access:
    """A user's permissions, widest visibility and teams."""

    user_id: int
    permissions: frozenset[Permission]
    visibility: str
    team_ids: tuple[int, ...]


def access_of(user: "User") -> Access:
    """Read roles and teams (two queries). An inactive user may do and see nothing."""
    if not user.is_active:
        return Access(user.pk, frozenset(), Visibility.OWN, ())
    roles = _roles(user=user.pk)
    permissions = frozenset[Permission]().union(*(GRANTS[code] for code, _width in roles))
    visibility = max(
        (Visibility(width) for _code, width in roles),
        key=WIDTH.__getitem__,
        default=Visibility.OWN,
    )
    return Access(user.pk, permissions, visibility, tuple(sorted(_teams(user=user.pk))))


@prepared
def _roles(*, user: int) -> "QuerySet[Role, tuple[str, str]]":
    return Role.objects.filter(users=user).order_by().values_list("code", "visibility")


@prepared
def _teams(*, user: int) -> "QuerySet[Team, int]":
    return Team.objects.filter(users=user).order_by().values_list("pk", flat=True)


def may(user: "User", permission: Permission) -> answers.Answer:
    """Whether the user has the permission; the answer carries the reason."""
    if permission in user.access.permissions:
        return answers.YES
    return answers.no(
        code="not-permitted",
        reason=_("Ihre Rolle erlaubt das nicht."),
        remedy=_("Fragen Sie Ihre Administration nach der nötigen Rolle."),
    )


def require(user: "User", permission: Permission) -> None:
    """Pass or raise :class:`crm.kernel.errors.NotPermitted`."""
    if not (answer := may(user, permission)):
        raise errors.NotPermitted(f"{answer.reason} {answer.remedy}", permission=permission.value)
