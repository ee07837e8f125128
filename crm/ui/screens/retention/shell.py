"""What retention adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

MANAGE = Permission.REQUESTS_MANAGE

navigation.register(
    NavItem(
        "privacy-retention",
        _("Aufbewahrung"),
        "clock",
        "retention",
        MANAGE,
        order=3,
        within="privacy",
    )
)
commands.register(
    Command("retention", _("Aufbewahrungsfristen zeigen"), "clock", "retention", MANAGE,
            keywords=("löschkonzept", "fristen", "din 66398"), order=858)
)  # fmt: skip
