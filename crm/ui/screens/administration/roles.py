"""What each role may do and which records it sees."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from crm.accounts import policy, users
from crm.accounts.models import Role, RoleCode, Visibility
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.administration.forms import VisibilityForm

PERMISSION_WORDS = {
    Permission.CONTACTS_VIEW: gettext_lazy("Kontakte sehen"),
    Permission.CONTACTS_EDIT: gettext_lazy("Kontakte bearbeiten"),
    Permission.CONTACTS_ASSIGN: gettext_lazy("Kontakte zuweisen"),
    Permission.CONTACTS_EXPORT: gettext_lazy("Kontakte ausleiten"),
    Permission.CONTACTS_IMPORT: gettext_lazy("Kontakte übernehmen"),
    Permission.CRITERIA_MANAGE: gettext_lazy("Kriterien verwalten"),
    Permission.CONTACTS_MERGE: gettext_lazy("Kontakte zusammenführen"),
    Permission.DUPLICATES_RUN: gettext_lazy("Dubletten suchen"),
    Permission.DUPLICATES_AUTOMATE: gettext_lazy("Dubletten automatisch zusammenführen"),
    Permission.SOURCES_MANAGE: gettext_lazy("Herkunft verwalten"),
    Permission.CONSENT_VIEW: gettext_lazy("Einwilligungen sehen"),
    Permission.CONSENT_RECORD: gettext_lazy("Einwilligungen erfassen"),
    Permission.CONSENT_AUDIT: gettext_lazy("Einwilligungen prüfen"),
    Permission.CONSENT_MANAGE: gettext_lazy("Einwilligungstexte verwalten"),
    Permission.REQUESTS_MANAGE: gettext_lazy("Betroffenenrechte bearbeiten"),
    Permission.CAMPAIGNS_VIEW: gettext_lazy("Kampagnen sehen"),
    Permission.CAMPAIGNS_RUN: gettext_lazy("Kampagnen ausleiten"),
    Permission.HISTORY_VIEW: gettext_lazy("Verlauf sehen"),
    Permission.HISTORY_RECORD: gettext_lazy("Kontakte und Aktivitäten festhalten"),
    Permission.HISTORY_MANAGE: gettext_lazy("Kategorien des Verlaufs verwalten"),
    Permission.OPPORTUNITIES_VIEW: gettext_lazy("Verkaufschancen sehen"),
    Permission.OPPORTUNITIES_EDIT: gettext_lazy("Verkaufschancen bearbeiten"),
    Permission.OPPORTUNITIES_MANAGE: gettext_lazy("Stufen und Gründe verwalten"),
    Permission.COMMERCE_IMPORT: gettext_lazy("Kaufmännische Daten übernehmen"),
    Permission.EVENTS_MANAGE: gettext_lazy("Messen verwalten"),
    Permission.REPORTS_VIEW: gettext_lazy("Auswertungen sehen"),
    Permission.TELEPHONY_MANAGE: gettext_lazy("Telefonanlage verwalten"),
    Permission.AUDIT_VIEW: gettext_lazy("Protokoll lesen"),
    Permission.ACCOUNTS_MANAGE: gettext_lazy("Konten verwalten"),
}


@require_GET
@permitted(Permission.ACCOUNTS_MANAGE)
def role_list(request: Request) -> HttpResponse:
    """The five roles."""
    order = list(RoleCode.values)
    counted = Role.objects.annotate(members=Count("users", filter=Q(users__is_active=True)))
    lines = [
        {
            "role": role,
            "members": role.members,
            "words": [word for code, word in PERMISSION_WORDS.items() if _grants(role, code)],
            "form": VisibilityForm(
                initial={"visibility": role.visibility}, auto_id=f"{role.code}-%s"
            ),
        }
        for role in sorted(counted, key=lambda role: order.index(role.code))
    ]
    return responses.render(request, "administration/roles.html", {"lines": lines})


@require_POST
@permitted(Permission.ACCOUNTS_MANAGE)
def save_visibility(request: Request, code: str) -> HttpResponse:
    """Change which records a role sees."""
    role = get_object_or_404(Role, code=code)
    form = VisibilityForm(request.POST)
    saved = forms.carry_out(
        form,
        lambda data: users.set_role_visibility(
            actor=request.user, role=role, visibility=data["visibility"], at=clock.now()
        ),
    )
    if saved:
        text = _("%(role)s sieht jetzt: %(visibility)s.")
        words = {"role": role, "visibility": Visibility(saved.visibility).label}
        toasts.show(request, text % words)
    else:
        toasts.show(request, _("Diese Sichtbarkeit gibt es nicht."), kind="no")
    return responses.redirect(request, "role-list")


def _grants(role: Role, permission: Permission) -> bool:
    return permission in policy.GRANTS[role.code]
