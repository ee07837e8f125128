"""What the campaigns add to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

VIEW, RUN = Permission.CAMPAIGNS_VIEW, Permission.CAMPAIGNS_RUN

navigation.register(NavItem("campaigns", _("Kampagnen"), "mail", "campaign-list", VIEW, 55))
for _command in (
    Command("campaigns", _("Kampagnen zeigen"), "mail", "campaign-list", VIEW,
            keywords=("mailing", "newsletter", "verteiler", "serienbrief"), order=130),
    Command("campaign-new", _("Kampagne anlegen"), "plus", "campaign-new", RUN, order=131),
):  # fmt: skip
    commands.register(_command)
