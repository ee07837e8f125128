"""What the lists add to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, keys, navigation
from crm.ui.commands import Command
from crm.ui.keys import Key, Where
from crm.ui.navigation import NavItem

VIEW = Permission.CONTACTS_VIEW

navigation.register(NavItem("contacts", _("Kontakte"), "people", "", VIEW, 20, on_phone=True))
for _item in (
    NavItem("persons", _("Ansprechpartner"), "person", "person-list", VIEW, 10, within="contacts"),
    NavItem("companies", _("Firmen"), "company", "company-list", VIEW, 20, within="contacts"),
):
    navigation.register(_item)
for _command in (
    Command("persons", _("Ansprechpartner zeigen"), "people", "person-list", VIEW,
            keywords=("kontakte", "liste", "personen"), order=100),
    Command("companies", _("Firmen zeigen"), "company", "company-list", VIEW,
            keywords=("kontakte", "liste", "kunden"), order=110),
):  # fmt: skip
    commands.register(_command)
for _key in (
    Key("filter", ("F",), _("Bedingung hinzufügen"), Where.LIST),
    Key("columns", ("S",), _("Spalten wählen"), Where.LIST),
):
    keys.register(_key)
