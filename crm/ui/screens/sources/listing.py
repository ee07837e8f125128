"""The sources as the list shows them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import deadlines, source_usage
from contacts.models import ContactPointKind, Source, SourceKind

SIGNS = {
    deadlines.Term.NEAR: ("check", "review"),
    deadlines.Term.PASSED: ("no", "no"),
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of use; ``kind`` and ``sign`` are those of a badge, empty if all is well."""

    day: date
    kind: str = ""
    sign: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One source of the list."""

    source: Source
    usage: source_usage.Usage
    deadline: Deadline | None
    channels: str

    @property
    def is_over(self) -> bool:
        """Whether the data of the source must not be used any more."""
        return self.deadline is not None and self.deadline.kind == "no"


def lines(*, on: date) -> list[Line]:
    """All sources, active ones first, with their figures (5 queries)."""
    usages = source_usage.by_source()
    return [
        Line(
            source=source,
            usage=usages.get(source.pk, source_usage.Usage()),
            deadline=deadline_of(source.use_until, on=on),
            channels=channels_of(source),
        )
        for source in Source.objects.order_by("-is_active", "name")
    ]


def choosable(*, on: date) -> list[Line]:
    """Active sources that a user may import from, without their figures (one query)."""
    return [
        Line(
            source, source_usage.Usage(), deadline_of(source.use_until, on=on), channels_of(source)
        )
        for source in Source.objects.filter(is_active=True).exclude(kind=SourceKind.MANUAL)
    ]


def deadline_of(use_until: date | None, *, on: date) -> Deadline | None:
    """The deadline in words; None without one."""
    if use_until is None:
        return None
    term = deadlines.term_of(use_until, on=on)
    kind, sign = SIGNS.get(term, ("", ""))
    return Deadline(use_until, kind, sign, _word(term, (use_until - on).days))


def channels_of(source: Source) -> str:
    """``Telefon, Anschrift``; empty without a limit."""
    return ", ".join(
        str(ContactPointKind(code).label)
        for code in ContactPointKind.values
        if code in source.licensed_channels
    )


def _word(term: deadlines.Term, days: int) -> str:
    if term == deadlines.Term.PASSED:
        return _("abgelaufen")
    if term == deadlines.Term.RUNNING:
        return ""
    if days == 0:
        return _("letzter Tag heute")
    return ngettext("noch %(days)s Tag", "noch %(days)s Tage", days) % {"days": days}
