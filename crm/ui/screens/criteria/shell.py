"""What the administration of criteria adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

MANAGE = Permission.CRITERIA_MANAGE

navigation.register(
    NavItem(
        "criteria",
        _("Kriterien"),
        "filter",
        "criterion-list",
        MANAGE,
        order=40,
        within="administration",
    )
)
for _command in (
    Command(
        "criteria",
        _("Kriterien verwalten"),
        "filter",
        "criterion-list",
        MANAGE,
        keywords=("merkmale", "felder", "füllgrad", "qualifizierung"),
        order=820,
    ),
    Command("criterion-new", _("Kriterium anlegen"), "plus", "criterion-new", MANAGE, order=830),
):
    commands.register(_command)
