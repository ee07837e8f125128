"""The filters of a line: what the address says, and the chips that change it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.kernel.prepared import prepared
from crm.ui import formats
from history.channels import TRAITS, Channel
from history.channels import label as channel_label
from history.models import Opportunity
from history.timeline import Cursor, Figures, Filters

CHANNEL, DIRECTION, MINE = "kanal", "richtung", "nur"
SINCE, UNTIL, CATEGORY, DEAL, WORDS, PLACE = (
    "von", "bis", "kategorie", "vorhaben", "suche", "ab",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as filters and as its own words; ``before`` is a place."""

    filters: Filters
    words: dict[str, str]
    before: Cursor | None

    @property
    def query(self) -> str:
        """The filters as they stand in an address, without the place."""
        return urlencode(self.words)

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words)

    def other(self, name: str, value: str) -> str:
        """The query with one filter set, or taken away if it is set already."""
        words = {key: text for key, text in self.words.items() if key != name}
        if value and self.words.get(name) != value:
            words[name] = value
        return urlencode(words)


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter to press: ``query`` is what the address becomes."""

    label: str
    query: str
    is_on: bool
    icon: str = ""
    count: str = ""


def asked(query: QueryDict, *, user: User) -> Asked:
    """Read an address; what is not understood is left out."""
    words: dict[str, str] = {}
    filters = Filters()
    if (channel := query.get(CHANNEL, "")) in Channel.values:
        words[CHANNEL], filters = channel, replace(filters, channels=(channel,))
    if (direction := query.get(DIRECTION, "")) in ("IN", "OUT"):
        words[DIRECTION], filters = direction, replace(filters, direction=direction)
    if query.get(MINE) == "ich":
        words[MINE], filters = "ich", replace(filters, agent=user.pk)
    if day := _day(query.get(SINCE, "")):
        words[SINCE], filters = day.isoformat(), replace(filters, since=day)
    if day := _day(query.get(UNTIL, "")):
        words[UNTIL], filters = day.isoformat(), replace(filters, until=day)
    if text := query.get(WORDS, "").strip()[:200].replace("\x00", ""):
        words[WORDS], filters = text, replace(filters, text=text)
    if number := _number(query.get(CATEGORY, "")):
        words[CATEGORY], filters = str(number), replace(filters, category=number)
    if number := _number(query.get(DEAL, "")):
        words[DEAL], filters = str(number), replace(filters, opportunity=number)
    return Asked(filters, words, Cursor.parse(query.get(PLACE, "")))


def chips(asked: Asked, figures: Figures) -> list[Chip]:
    """All, each channel that occurs, from outside, from us, only mine."""
    more = "+" if figures.is_more else ""
    found = [
        Chip(_("Alle"), "", not asked.words, count=formats.number(figures.total) + more),
        *(
            Chip(
                str(channel_label(channel)),
                asked.other(CHANNEL, channel),
                asked.words.get(CHANNEL) == channel,
                icon=TRAITS[channel].icon,
                count=formats.number(count),
            )
            for channel, count in sorted(figures.by_channel.items(), key=lambda item: -item[1])
        ),
    ]
    rest = ((DIRECTION, "IN", _("von außen")), (DIRECTION, "OUT", _("von uns")))
    for name, value, label in (*rest, (MINE, "ich", _("nur ich"))):
        found.append(Chip(label, asked.other(name, value), asked.words.get(name) == value))
    return found


def deals(user: User, field: str, number: int) -> list[Opportunity]:
    """The deals of a person or company to choose from, the open ones first (one query)."""
    return _deals(user=user, field=field, number=number)


@prepared
def _deals(*, user: User, field: str, number: int) -> QuerySet[Opportunity]:
    seen = Opportunity.objects.visible_to(user).filter(**{field: number})
    return seen.order_by("closed_at", "-updated_at")[:20]


def _day(text: str) -> date | None:
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
