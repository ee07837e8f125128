"""The style guide is found by command only."""

from django.utils.translation import gettext_lazy as _

from crm.ui import commands
from crm.ui.commands import Command

commands.register(
    Command("styleguide", _("Gestaltungsmuster"), "board", "styleguide", order=950,
            keywords=("styleguide", "bausteine"))
)  # fmt: skip
