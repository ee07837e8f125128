"""Activities in words: when, how late, about whom."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.ui import formats
from crm.ui.screens.activities import links
from history.activities.rows import Row
from history.models import Activity, ActivityKind

ICONS = {
    ActivityKind.FOLLOW_UP: "followup",
    ActivityKind.TASK: "task",
    ActivityKind.CALL: "phone",
    ActivityKind.APPOINTMENT: "calendar",
    ActivityKind.PROMISE: "quote",
}


@dataclass(frozen=True, slots=True)
class Light:
    """Whether the person may be called: state of the light, a word, the reason in brief."""

    state: str
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """``title`` leads to ``url``: whom or what it is about, else what is to be done. ``text`` is
    what is to be done, if the title does not say it. ``when`` and ``note`` say when it is due."""

    activity: Activity
    title: str
    url: str
    beside: str
    text: str
    when: str
    note: str
    is_late: bool
    icon: str
    light: Light | None = None


def line(row: Row, *, at: datetime, light: Light | None = None) -> Line:
    """One activity as a row."""
    activity, about = row.activity, row.about
    url = links.page_of(about) if about else ""
    beside = row.company or row.opportunity
    return Line(
        activity=activity,
        title=links.name_of(about) if about else activity.subject,
        url=url,
        beside=links.name_of(beside) if beside and beside is not about else "",
        text=activity.subject if about else "",
        when=when(activity, at=at),
        note=_late(row) if row.is_overdue else _further(activity, at=at),
        is_late=row.is_overdue,
        icon=ICONS[ActivityKind(activity.kind)],
        light=light,
    )


def lines(rows: list[Row], *, at: datetime) -> list[Line]:
    """Several of them."""
    return [line(row, at=at) for row in rows]


def when(activity: Activity, *, at: datetime) -> str:
    """The hour of what is due today, *heute* without one, else the day."""
    if _is_today(activity, at):
        return formats.hour(activity.due_at) if activity.has_time else _("heute")
    return formats.day_of_week(activity.due_at)


def due_text(activity: Activity) -> str:
    """As somebody would type it: ``24.03.2026 14:30``."""
    local = timezone.localtime(activity.due_at)
    return local.strftime("%d.%m.%Y %H:%M" if activity.has_time else "%d.%m.%Y")


def _late(row: Row) -> str:
    if not row.late_days:
        return _("überfällig")
    pattern = ngettext("%(n)s Tag über", "%(n)s Tage über", row.late_days)
    return pattern % {"n": formats.number(row.late_days)}


def _further(activity: Activity, *, at: datetime) -> str:
    if activity.ends_at:
        return _("bis %(hour)s") % {"hour": formats.hour(activity.ends_at)}
    if activity.has_time and not _is_today(activity, at):
        return formats.hour(activity.due_at)
    return ""


def _is_today(activity: Activity, at: datetime) -> bool:
    return timezone.localtime(activity.due_at).date() == timezone.localtime(at).date()
