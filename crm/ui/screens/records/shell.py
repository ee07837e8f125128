"""What the pages of records add to the frame: commands and keys."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, keys
from crm.ui.commands import Command
from crm.ui.keys import Key, Where

EDIT = Permission.CONTACTS_EDIT

for _command in (
    Command("person-new", _("Ansprechpartner anlegen"), "user-plus", "person-new", EDIT,
            keywords=("person", "kontakt", "neu", "neuer"), order=100, quick_add=True),
    Command("company-new", _("Firma anlegen"), "company", "company-new", EDIT,
            keywords=("unternehmen", "neu", "neue"), order=110, quick_add=True),
):  # fmt: skip
    commands.register(_command)

for _key in (
    Key("record-next", ("N",), _("Nächster Abschnitt"), Where.RECORD),
    Key("record-previous", ("P",), _("Voriger Abschnitt"), Where.RECORD),
    Key(
        "record-edit", ("E",), _("Zeile oder Abschnitt bearbeiten, sonst Stammdaten"), Where.RECORD
    ),
    Key("record-add", ("A",), _("Im Abschnitt hinzufügen"), Where.RECORD),
    Key("record-confirm", ("B",), _("Zeile bestätigen"), Where.RECORD),
    Key("to-suspects", ("Alt", "↓"), _("Vom Feld zu den ähnlichen Einträgen"), Where.FORM),
    Key("from-suspects", ("Alt", "↑"), _("Zurück zum Feld"), Where.FORM),
    Key("add-to-suspect", ("E",), _("Beim ähnlichen Eintrag: Getipptes dort ergänzen"), Where.FORM),
    Key("other-than-suspect", ("V",), _("Beim ähnlichen Eintrag: Ist jemand anderes"), Where.FORM),
):
    keys.register(_key)
