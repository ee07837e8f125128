"""The area *Verwaltung* and its first sections; other screens add theirs with ``within``."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

MANAGE = Permission.ACCOUNTS_MANAGE

navigation.register(NavItem("administration", _("Verwaltung"), "settings", "", None, order=90))
for _item in (
    NavItem("users", _("Konten"), "person", "user-list", MANAGE, 10, within="administration"),
    NavItem("roles", _("Rollen"), "lock", "role-list", MANAGE, 20, within="administration"),
    NavItem("teams", _("Teams"), "people", "team-list", MANAGE, 30, within="administration"),
):
    navigation.register(_item)
for _command in (
    Command("users", _("Konten verwalten"), "person", "user-list", MANAGE,
            keywords=("benutzer", "nutzer", "rollen"), order=800),
    Command("user-new", _("Konto anlegen"), "user-plus", "user-new", MANAGE,
            keywords=("benutzer", "nutzer"), order=810),
):  # fmt: skip
    commands.register(_command)
