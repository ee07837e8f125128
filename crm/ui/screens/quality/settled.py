"""``/qualitaet/erledigt/``: what was merged, decided or undone on a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from contacts import access
from contacts.duplicates import decisions, settlements
from contacts.duplicates.settlements import Act
from contacts.merging import reading
from contacts.models import Merge, PairDecision
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.duplicates.words import Kind, kind_of
from crm.ui.screens.quality import acts
from crm.ui.screens.records import subject

PAGE = 50
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One act: names with the addresses of their pages (one that went into another has none),
    who did it and when."""

    names: list[tuple[str, str]]
    kind: Kind
    who: User | None
    at: datetime
    remark: str


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def quality_settled(request: Request) -> HttpResponse:
    """The acts of one kind and day, by everybody that the user may know of or by one."""
    today = timezone.localtime(clock.now()).date()
    known = settlements.acts_of(request.user)
    act = _act(request.GET.get("what", "") or known[0])
    day = _day(request.GET.get("day", ""), today)
    by = request.GET.get("by", "")
    who = (_user(by),) if by else ()
    rows = settlements.rows_of(user=request.user, act=act, day=day)
    if who:
        rows = settlements.by(rows, act=act, who=who[0])
    after = request.GET.get("after", "")
    if after.isascii() and after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found: list[Any] = list(rows[: PAGE + 1])
    context = {
        "lines": [_line(row, act) for row in found[:PAGE]],
        "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None,
        "word": acts.WORDS[act],
        "day": day,
        "acts": [
            {"word": acts.WORDS[each], "url": acts.url(each, day, *who), "is_on": each is act}
            for each in known
        ],
        "who": (who[0].full_name if who[0] else _("Installation")) if who else "",
        "everybody": acts.url(act, day),
        "earlier": acts.url(act, day - ONE, *who) if day > date.min else "",
        "later": acts.url(act, day + ONE, *who) if day < today else "",
    }
    return responses.render(request, "quality/settled.html", context)


def _line(row: Merge | PairDecision, act: Act) -> Line:
    return Line(
        names=_of_merge(row, act) if isinstance(row, Merge) else _of_decision(row),
        kind=kind_of(row.kind),
        who=settlements.done_by(row, act),
        at=settlements.done_at(row, act),
        remark=row.reason if isinstance(row, Merge) and act is Act.MERGED else "",
    )


def _of_merge(merge: Merge, act: Act) -> list[tuple[str, str]]:
    return [
        (
            member.label,
            subject.url_of(reading.record_of(member))
            if member.is_survivor or act is Act.UNDONE
            else "",
        )
        for member in merge.members.all()
    ]


def _of_decision(decision: PairDecision) -> list[tuple[str, str]]:
    return [(each.full_name, subject.url_of(each)) for each in decisions.records_of(decision)]


def _act(text: str) -> Act:
    try:
        return Act(text)
    except ValueError as error:
        raise errors.NotFound(what=text) from error


def _day(text: str, today: date) -> date:
    try:
        return min(date.fromisoformat(text), today) if text else today
    except ValueError as error:
        raise errors.NotFound(day=text) from error


def _user(text: str) -> User | None:
    """The user of a public id; None is the installation itself."""
    if text == acts.INSTALLATION:
        return None
    found = User.objects.filter(public_id=access.parsed(text)).first()
    if found is None:
        raise errors.NotFound(by=text)
    return found
