"""``{% load fairs %}``: how leads are shown in a few signs and words."""

from datetime import datetime, time, timedelta
from typing import Any

from django.template import Library
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from consent import channels
from crm.ui import formats
from crm.ui.components.marks import badge, light
from crm.ui.screens.fairs.shown import Shown
from history.models import LeadCapture, LeadFile, LeadState, OptInAnswer

register = Library()
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})


@register.simple_tag
def grade(code: str) -> SafeString:
    """The grade in a box; a dashed one if nobody gave one."""
    if not code:
        return format_html(
            '<span class="grade is-unknown" title="{}">–<span class="sr-only"> {}</span></span>',
            _("ohne Priorität"),
            _("ohne Priorität"),
        )
    return format_html('<span class="grade grade--{}">{}</span>', code.lower(), code)


@register.simple_tag
def lead_opt_ins(lead: LeadCapture) -> SafeString:
    """The channels to which the visitor said yes, else no, else that nobody asked."""
    said = {each.answer for each in lead.opt_ins.all()}
    yes = [each.channel for each in lead.opt_ins.all() if each.answer == OptInAnswer.YES]
    if yes:
        words = ", ".join(channels.label(channel) for channel in dict.fromkeys(yes))
        return light("yes", words)
    if OptInAnswer.NO in said:
        return light("no", _("Nein"))
    return light("ask", _("nicht gefragt"))


@register.simple_tag
def lead_standing(lead: Any) -> SafeString:
    """What is to be done until when, or what became of it; of a lead of the list."""
    if lead.state == LeadState.TAKEN_OVER:
        number = lead.opportunity.number if lead.opportunity else ""
        return _with_sub(badge(_("übernommen"), "yes", icon="yes"), number)
    if lead.state == LeadState.DROPPED:
        return _with_sub(badge(_("ohne Ergebnis"), "line", icon="close"), lead.dropped_because)
    if lead.kept_at is not None:
        when = formats.near_day(lead.kept_at)
        return _with_sub(badge(_("beantwortet"), "yes", icon="check"), when)
    step = lead.next_step or (lead.activity.subject if lead.activity else "")
    if lead.is_overdue:
        when = _("zugesagt bis %(when)s") % {"when": promise(lead.promised_at)}
        return _with_sub(badge(_("überfällig"), "no", icon="no"), when)
    when = _("bis %(when)s") % {"when": promise(lead.promised_at)}
    return format_html('{}<span class="sub">{}</span>', step or _("Nachfassen"), when)


@register.simple_tag
def lead_state(lead: LeadCapture, shown: Shown) -> SafeString:
    """Where the lead stands, as badges."""
    found = [_state(lead)]
    if shown.is_overdue:
        found.append(badge(_("überfällig"), "no", icon="no"))
    return format_html_join(" ", "{}", ((each,) for each in found))


@register.filter
def promise(value: datetime | None) -> str:
    """``18.11.2026, 04:38 Uhr``; of what only the day counts, the day that ends then."""
    if value is None:
        return formats.UNKNOWN
    local = timezone.localtime(value)
    if local.time() == time():
        return formats.near_day(local.date() - timedelta(days=1))
    return formats.moment(value)


@register.filter
def is_picture(file: LeadFile) -> bool:
    """Whether a browser shows it."""
    return file.stored is not None and file.stored.media_type in PICTURES


def _state(lead: LeadCapture) -> SafeString:
    kinds = {
        LeadState.NEW: ("accent", ""),
        LeadState.ANNOUNCED: ("check", "clock"),
        LeadState.TAKEN_OVER: ("yes", "yes"),
        LeadState.DROPPED: ("line", "close"),
    }
    kind, icon = kinds[LeadState(lead.state)]
    return badge(lead.get_state_display(), kind, icon=icon)


def _with_sub(mark: SafeString, text: str) -> SafeString:
    return format_html('{}<span class="sub">{}</span>', mark, text) if text else mark
