"""What the calendar adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

VIEW = Permission.HISTORY_VIEW

navigation.register(
    NavItem("calendar", _("Kalender"), "calendar", "calendar", VIEW, 3, within="today")
)
commands.register(
    Command("calendar", _("Kalender zeigen"), "calendar", "calendar", VIEW,
            keywords=("woche", "monat", "termine"), order=98)
)  # fmt: skip
