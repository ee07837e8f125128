"""What the desk adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

AUDIT = Permission.CONSENT_AUDIT

navigation.register(
    NavItem("privacy", _("Datenschutz"), "shield", "privacy-desk", AUDIT, order=57, on_phone=True)
)
for _command in (
    Command("privacy", _("Das Register fragen"), "shield", "privacy-desk", AUDIT,
            keywords=("datenschutz", "einwilligung", "grundlage", "dossier"), order=850),
    Command("privacy-sample", _("Stichprobe ziehen"), "shield", "privacy-sample", AUDIT,
            keywords=("prüfung", "kontakte", "nachweis"), order=852),
    Command("privacy-import", _("Einwilligungen einlesen"), "import", "privacy-import",
            Permission.CONSENT_MANAGE,
            keywords=("import", "robinsonliste", "widerspruch", "csv"), order=854),
):  # fmt: skip
    commands.register(_command)
