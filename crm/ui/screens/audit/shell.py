"""What the audit log adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

VIEW = Permission.AUDIT_VIEW

navigation.register(
    NavItem("audit", _("Protokoll"), "ledger", "audit-log", VIEW, order=60, within="administration")
)
commands.register(
    Command(
        "audit",
        _("Protokoll lesen"),
        "ledger",
        "audit-log",
        VIEW,
        keywords=("änderungen", "audit", "wer hat", "ausgeleitet", "nachweis"),
        order=860,
    )
)
