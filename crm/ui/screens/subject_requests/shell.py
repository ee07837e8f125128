"""What the requests add to the frame."""

from django.utils.translation import gettext_lazy as _

from consent.models import RequestState, SubjectRequest
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

MANAGE, RECORD = Permission.REQUESTS_MANAGE, Permission.CONSENT_RECORD


def waiting(_user: User) -> int | None:
    """How many have to be answered yet."""
    return SubjectRequest.objects.filter(state=RequestState.OPEN).count() or None


navigation.register(
    NavItem(
        "privacy-register",
        _("Register"),
        "shield",
        "privacy-desk",
        Permission.CONSENT_AUDIT,
        order=1,
        within="privacy",
    )
)
navigation.register(
    NavItem(
        "privacy-requests",
        _("Anträge"),
        "mail",
        "request-list",
        MANAGE,
        order=2,
        counter=waiting,
        within="privacy",
    )
)
for _command in (
    Command("requests", _("Anträge zu Betroffenenrechten zeigen"), "shield", "request-list", MANAGE,
            keywords=("dsgvo", "auskunft", "löschung", "widerspruch"), order=854),
    Command("request-new", _("Antrag aufnehmen"), "plus", "request-new", RECORD,
            keywords=("dsgvo", "auskunft", "löschung", "widerspruch"), order=856),
):  # fmt: skip
    commands.register(_command)
