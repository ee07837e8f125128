"""What the day adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

VIEW = Permission.CONTACTS_VIEW

navigation.register(NavItem("today", _("Heute"), "today", "today", VIEW, 10, on_phone=True))
commands.register(
    Command("today", _("Heute zeigen"), "today", "today", VIEW, keywords=("start", "tag"), order=90)
)
