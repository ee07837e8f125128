"""What merges add to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, keys, navigation
from crm.ui.commands import Command
from crm.ui.keys import Key, Where
from crm.ui.navigation import NavItem

AREA = "duplicates"
MERGE, AUTOMATE = Permission.CONTACTS_MERGE, Permission.DUPLICATES_AUTOMATE

for _section in (
    NavItem("merges", _("Zusammengeführt"), "merge", "merge-list", MERGE, 15, within=AREA),
    NavItem(
        "merge-automation", _("Automatisch"), "settings", "merge-automation", AUTOMATE, 45,
        within=AREA,
    ),
):  # fmt: skip
    navigation.register(_section)
keys.register(
    Key("record-merge", ("Z",), _("Eintrag mit einem anderen zusammenführen"), Where.RECORD)
)
for _command in (
    Command("merges", _("Zusammengeführtes ansehen"), "merge", "merge-list", MERGE,
            keywords=("rückgängig", "zurücknehmen", "dubletten", "trennen"), order=135),
    Command("merge-automation", _("Automatisches Zusammenführen einstellen"), "settings",
            "merge-automation", AUTOMATE, keywords=("dubletten", "schwelle"), order=880),
):  # fmt: skip
    commands.register(_command)
