"""What trade fairs add to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, keys, navigation
from crm.ui.commands import Command
from crm.ui.keys import Key, Where
from crm.ui.navigation import NavItem

VIEW, MANAGE = Permission.HISTORY_VIEW, Permission.EVENTS_MANAGE

navigation.register(NavItem("fairs", _("Messen"), "fair", "event-list", VIEW, 45, on_phone=True))
for _command in (
    Command("fairs", _("Messen und Leads zeigen"), "fair", "event-list", VIEW,
            keywords=("leads", "leadzettel", "stand", "events"), order=125),
    Command("fair-new", _("Messe anlegen"), "plus", "event-new", MANAGE,
            keywords=("neu", "stand", "event"), order=126),
):  # fmt: skip
    commands.register(_command)
for _key in (
    Key("lead-next", ("N",), _("Zum nächsten offenen Lead"), Where.RECORD),
    Key("lead-take-over", ("U",), _("Lead übernehmen"), Where.RECORD),
    Key("lead-drop", ("O",), _("Lead ohne Ergebnis"), Where.RECORD),
    Key("lead-join", ("D",), _("Zur bekannten Person hinzufügen"), Where.RECORD),
):
    keys.register(_key)
