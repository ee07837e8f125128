"""What categories add to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

MANAGE = Permission.HISTORY_MANAGE

navigation.register(
    NavItem(
        "categories",
        _("Kategorien"),
        "note",
        "category-list",
        MANAGE,
        order=57,
        within="administration",
    )
)
commands.register(
    Command("categories", _("Kategorien verwalten"), "note", "category-list", MANAGE,
            keywords=("themen", "anlass", "kontakte"), order=861)
)  # fmt: skip
