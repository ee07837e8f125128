"""What the administration of notices adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

MANAGE = Permission.CONSENT_MANAGE

navigation.register(
    NavItem(
        "notices",
        _("Datenschutzhinweise"),
        "shield",
        "notice-list",
        MANAGE,
        order=62,
        within="administration",
    )
)
commands.register(
    Command(
        "notices",
        _("Datenschutzhinweise verwalten"),
        "shield",
        "notice-list",
        MANAGE,
        keywords=("art. 13", "art. 14", "information", "empfänger", "fassung"),
        order=862,
    )
)
