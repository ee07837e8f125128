"""What the own account adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.ui import commands
from crm.ui.commands import Command

for _command in (
    Command("keys", _("Tastenkürzel zeigen"), "keyboard", "keys", keywords=("hilfe", "tasten"),
            shortcut="?", dialog="keys", order=910),
    Command("account", _("Mein Konto"), "person", "account", order=900,
            keywords=("profil", "passwort", "sprache", "dunkel", "hell", "einstellungen", "api",
                      "schlüssel")),
    Command("log-out", _("Abmelden"), "logout", "logout", keywords=("logout",), order=990),
):  # fmt: skip
    commands.register(_command)
