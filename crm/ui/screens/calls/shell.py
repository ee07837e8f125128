"""What calls add to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

MANAGE = Permission.TELEPHONY_MANAGE

navigation.register(
    NavItem(
        "telephony",
        _("Telefon"),
        "phone",
        "telephone-system-list",
        MANAGE,
        order=70,
        within="administration",
    )
)
for _command in (
    Command("calls", _("Anrufe, und wer hat diese Nummer?"), "phone", "call-look-up",
            Permission.CONTACTS_VIEW, keywords=("telefon", "rufnummer", "anrufer"), order=320),
    Command("telephony", _("Telefonanlage verwalten"), "phone", "telephone-system-list", MANAGE,
            keywords=("sipgate", "cti", "nebenstelle", "durchwahl"), order=870),
):  # fmt: skip
    commands.register(_command)
