"""What the quality screen adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

VIEW = Permission.CONTACTS_VIEW

navigation.register(NavItem("quality", _("Qualität"), "merge", "quality", VIEW, 50, on_phone=True))
commands.register(
    Command("quality", _("Qualität der Daten zeigen"), "merge", "quality", VIEW,
            keywords=("pflege", "vollständigkeit", "bestätigt", "lücken"), order=120)
)  # fmt: skip
