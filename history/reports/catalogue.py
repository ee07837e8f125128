"""All reports by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.kernel import errors
from history.reports import contacts, data_quality, follow_ups, pipeline
from history.reports.asking import Asked
from history.reports.report import Report


@dataclass(frozen=True, slots=True)
class Entry:
    """A report: its title, the word in addresses of the screens, and what makes it."""

    title: str | Promise
    slug: str
    make: Callable[[Asked], Report]


REPORTS: Final = {
    "pipeline": Entry(_("Verkaufschancen"), "verkaufschancen", pipeline.of),
    "follow-ups": Entry(_("Wiedervorlagen"), "wiedervorlagen", follow_ups.of),
    "contacts": Entry(_("Kontakte"), "kontakte", contacts.of),
    "quality": Entry(_("Datenqualität"), "datenqualitaet", data_quality.of),
}


def make(name: str, asked: Asked) -> Report:
    """The report of that name.

    :raises errors.NotFound: there is none
    """
    if name not in REPORTS:
        raise errors.NotFound(report=name)
    return REPORTS[name].make(asked)
