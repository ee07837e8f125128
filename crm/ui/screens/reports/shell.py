"""What reports add to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.policy import Permission
from crm.ui import commands, navigation
from crm.ui.commands import Command
from crm.ui.navigation import NavItem

VIEW = Permission.REPORTS_VIEW

navigation.register(NavItem("reports", _("Auswertung"), "chart", "report-home", VIEW, order=55))
commands.register(
    Command("reports", _("Auswertung zeigen"), "chart", "report-home", VIEW,
            keywords=("bericht", "zahlen", "pipeline", "statistik", "kpi"), order=125)
)  # fmt: skip
