"""What the calendar adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, keys, navigation
from crm.ui.commands import Command
from crm.ui.keys import Key, Where
from crm.ui.navigation import NavItem

VIEW = Permission.HISTORY_VIEW

navigation.register(
    NavItem("calendar", _("Kalender"), "calendar", "calendar", VIEW, 3, within="today")
)
commands.register(
    Command("calendar", _("Kalender zeigen"), "calendar", "calendar", VIEW,
            keywords=("woche", "monat", "termine"), order=98)
)  # fmt: skip
for _key in (
    Key("calendar-previous", ("P",), _("Kalender: früher"), Where.RECORD),
    Key("calendar-today", ("H",), _("Kalender: heute"), Where.RECORD),
    Key("calendar-next", ("N",), _("Kalender: später"), Where.RECORD),
):
    keys.register(_key)
