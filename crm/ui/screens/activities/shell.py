"""What the activities add to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, keys, navigation
from crm.ui.commands import Command
from crm.ui.keys import Key, Where
from crm.ui.navigation import NavItem

VIEW, RECORD = Permission.HISTORY_VIEW, Permission.HISTORY_RECORD
MANAGE = Permission.HISTORY_MANAGE

for _item in (
    NavItem("day", _("Mein Tag"), "today", "today", Permission.CONTACTS_VIEW, 1, within="today"),
    NavItem("activities", _("Aktivitäten"), "task", "activity-list", VIEW, 2, within="today"),
    NavItem("pot", _("Ohne nächsten Schritt"), "inbox", "activity-pot", VIEW, 4, within="today"),
    NavItem("team-day", _("Team"), "people", "activity-team", MANAGE, 5, within="today"),
):
    navigation.register(_item)
for _command in (
    Command("activity-new", _("Wiedervorlage planen"), "followup", "activity-new", RECORD,
            keywords=("wv", "aufgabe", "termin", "zusage", "aktivität", "nachfassen"), order=95,
            quick_add=True, in_dialog=True),
    Command("activities", _("Aktivitäten zeigen"), "task", "activity-list", VIEW,
            keywords=("wiedervorlagen", "aufgaben", "todo"), order=96),
    Command("pot", _("Kontakte ohne nächsten Schritt"), "inbox", "activity-pot", VIEW,
            keywords=("topf",), order=97),
):  # fmt: skip
    commands.register(_command)
for _key in (
    Key("activity-done", ("E",), _("Wiedervorlage erledigt"), Where.LIST),
    Key("activity-postpone", ("V",), _("Wiedervorlage verschieben"), Where.LIST),
):
    keys.register(_key)
