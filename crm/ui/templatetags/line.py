"""Words and addresses of a line."""

from typing import Any
from urllib.parse import urlencode

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm.kernel import clock
from crm.ui import formats
from crm.ui.components.marks import badge, icon
from crm.ui.screens.line import filters, owners
from history.channels import TRAITS
from history.lines import Owner
from history.models import Activity, ActivityState

register = Library()


@register.simple_tag
def line_url(line: dict[str, Any]) -> str:
    """The query of the next page of entries."""
    return urlencode({**line["asked"].words, filters.PLACE: str(line["older"])})


@register.simple_tag
def owner_url(owner: Owner) -> str:
    """The page of the owner of a line."""
    return owners.home_of(owner)


@register.simple_tag
def channel_icon(channel: str) -> SafeString:
    """The sign of a channel."""
    return icon(TRAITS[channel].icon, "s")


@register.simple_tag
def promise_badge(promise: Activity) -> SafeString:
    """What was promised: kept, open until when, or overdue."""
    words = {"what": promise.subject, "day": formats.near_day(promise.due_at)}
    if promise.state == ActivityState.DONE:
        return badge(_("Zusage gehalten: %(what)s") % words, "yes", icon="yes")
    if promise.state == ActivityState.CANCELLED:
        return badge(_("Zusage zurückgenommen: %(what)s") % words)
    if promise.due_at < clock.now():
        return badge(_("Zusage überfällig seit %(day)s: %(what)s") % words, "no", icon="clock")
    return badge(_("Zugesagt bis %(day)s: %(what)s") % words, "check", icon="clock")
