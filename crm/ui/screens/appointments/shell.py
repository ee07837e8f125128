"""What appointments add to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, keys, navigation
from crm.ui.commands import Command
from crm.ui.keys import Key, Where
from crm.ui.navigation import NavItem

RECORD, MANAGE = Permission.HISTORY_RECORD, Permission.HISTORY_MANAGE

for _item in (
    NavItem("appointment-call", _("Termin vereinbaren"), "phone", "appointment-call", RECORD, 3,
            within="today", also=("/termine/",)),
    NavItem("appointment-kinds", _("Termine"), "calendar", "appointment-kinds", MANAGE, 68,
            within="administration"),
):  # fmt: skip
    navigation.register(_item)
for _command in (
    Command("appointment-call", _("Termin am Telefon vereinbaren"), "phone", "appointment-call",
            RECORD, keywords=("anruf", "kalender", "freie zeit", "terminvergabe"), order=96),
    Command("working-week", _("Arbeitszeit und Abwesenheit"), "clock", "working-week",
            RECORD, keywords=("urlaub", "feiertage", "bundesland", "abwesend"), order=97),
    Command("appointment-kinds", _("Termine einrichten"), "calendar", "appointment-kinds",
            MANAGE, keywords=("terminarten", "dauer"), order=860),
):  # fmt: skip
    commands.register(_command)
keys.register(Key("read-aloud", ("F8",), _("Vorlesen beginnen, dann: vorgelesen"), Where.FORM))
