"""What commercial data adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

MAY = Permission.COMMERCE_IMPORT

navigation.register(NavItem("commerce", _("Aufträge"), "order", "takeover-list", MAY, order=62))
commands.register(
    Command("takeover-new", _("Aufträge übernehmen"), "order", "takeover-new", MAY,
            keywords=("erp", "warenwirtschaft", "rechnungen", "umsatz", "abc"), order=605)
)  # fmt: skip
