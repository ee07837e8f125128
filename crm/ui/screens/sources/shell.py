"""What the administration of sources adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

MANAGE = Permission.SOURCES_MANAGE

navigation.register(
    NavItem(
        "sources",
        _("Herkunft"),
        "source",
        "source-list",
        MANAGE,
        order=50,
        within="administration",
    )
)
for _command in (
    Command(
        "sources",
        _("Herkunft verwalten"),
        "source",
        "source-list",
        MANAGE,
        keywords=("quellen", "lizenz", "adressanbieter", "nutzungsdauer"),
        order=840,
    ),
    Command("source-new", _("Herkunft anlegen"), "plus", "source-new", MANAGE, order=850),
):
    commands.register(_command)
