"""What imports add to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

MAY = Permission.CONTACTS_IMPORT

navigation.register(NavItem("imports", _("Import"), "import", "import-list", MAY, order=60))
for _command in (
    Command("imports", _("Importe ansehen"), "import", "import-list", MAY, order=610),
    Command(
        "import-new",
        _("Adressen übernehmen"),
        "import",
        "import-new",
        MAY,
        keywords=("import", "importieren", "csv", "excel", "vcard", "outlook", "liste", "datei"),
        order=600,
    ),
):
    commands.register(_command)
