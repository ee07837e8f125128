"""What the administration of consent texts adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

MANAGE = Permission.CONSENT_MANAGE

navigation.register(
    NavItem(
        "consent-texts",
        _("Einwilligungstexte"),
        "quote",
        "consent-text-list",
        MANAGE,
        order=60,
        within="administration",
    )
)
commands.register(
    Command(
        "consent-texts",
        _("Einwilligungstexte verwalten"),
        "quote",
        "consent-text-list",
        MANAGE,
        keywords=("wortlaut", "fassung", "datenschutz", "opt-in"),
        order=860,
    )
)
