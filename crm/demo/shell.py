"""What the running demo adds to the frame."""

from django.utils.translation import gettext_lazy as _

from crm.ui import navigation
from crm.ui.navigation import NavItem


def register() -> None:
    """Show the way to what was sent."""
    navigation.register(
        NavItem("demo-outbox", _("Postausgang der Demo"), "mail", "demo-outbox", None, order=900)
    )
