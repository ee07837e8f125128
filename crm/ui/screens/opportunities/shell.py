"""What opportunities add to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, keys, navigation
from crm.ui.commands import Command
from crm.ui.keys import Key, Where
from crm.ui.navigation import NavItem

VIEW, EDIT = Permission.OPPORTUNITIES_VIEW, Permission.OPPORTUNITIES_EDIT
MANAGE = Permission.OPPORTUNITIES_MANAGE

navigation.register(NavItem("deals", _("Verkauf"), "deal", "deal-board", VIEW, 40, on_phone=True))
navigation.register(
    NavItem(
        "pipelines",
        _("Verkauf"),
        "deal",
        "pipeline-list",
        MANAGE,
        order=56,
        within="administration",
    )
)
for _command in (
    Command("deals", _("Verkaufschancen zeigen"), "deal", "deal-board", VIEW,
            keywords=("tafel", "board", "pipeline", "chancen", "vertrieb"), order=120),
    Command("deal-list", _("Verkaufschancen als Liste"), "columns", "deal-list", VIEW, order=121),
    Command("deal-new", _("Verkaufschance anlegen"), "plus", "deal-new", EDIT,
            keywords=("neu", "chance", "projekt"), order=122, quick_add=True),
    Command("pipelines", _("Pipelines und Gründe verwalten"), "deal", "pipeline-list", MANAGE,
            keywords=("stufen", "gewonnen", "verloren"), order=860),
):  # fmt: skip
    commands.register(_command)
for _key in (
    Key("board-walk", ("←", "→", "↑", "↓"), _("Auf der Tafel von Karte zu Karte"), Where.LIST),
    Key("board-move", ("M",), _("Verkaufschance verschieben"), Where.LIST),
):
    keys.register(_key)
