"""The frame of the wizard: its five steps and the line that says what is being imported."""

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.importing import settings
from contacts.importing.readers.options import DELIMITERS, ENCODINGS
from contacts.models import ImportRun, ImportState
from contacts.models.imports import BUSY_STATES
from crm.kernel import clock
from crm.ui.formats import number
from crm.ui.screens.sources.listing import Deadline, channels_of, deadline_of

ORIGIN, FILE, MAPPING, TRIAL, TAKEOVER, FINISHED = range(1, 7)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the line above each step tells."""

    size: str
    reading: str
    channels: str
    deadline: Deadline | None


def is_open(run: ImportRun) -> bool:
    """Whether reading and mapping can still be changed."""
    return run.state == ImportState.UPLOADED or (run.dry_run and run.state not in BUSY_STATES)


def labels() -> list[str]:
    """The names of the steps."""
    return [_("Herkunft"), _("Datei"), _("Zuordnen"), _("Probelauf"), _("Übernehmen")]


def frame(step: int, *, run: ImportRun | None = None) -> dict[str, Any]:
    """What ``imports/frame.html`` needs."""
    context: dict[str, Any] = {"step_labels": labels(), "step": step}
    return context | {"run": run, "facts": facts_of(run)} if run else context


def facts_of(run: ImportRun) -> Facts:
    """The run in a few words."""
    return Facts(
        size=_size(run),
        reading=_reading(run),
        channels=channels_of(run.source),
        deadline=deadline_of(run.source.use_until, on=clock.today()),
    )


def _size(run: ImportRun) -> str:
    if run.rows_total is None:
        return filesizeformat(run.file_size)
    return ngettext("%(n)s Zeile", "%(n)s Zeilen", run.rows_total) % {"n": number(run.rows_total)}


def _reading(run: ImportRun) -> str:
    found = settings.of(run).found
    sheet = _("Blatt „%(name)s“") % {"name": found.sheet} if found.sheet else ""
    parts = (
        ENCODINGS.get(found.encoding or "", ""),
        DELIMITERS.get(found.delimiter or "", ""),
        sheet,
    )
    return ", ".join(part for part in parts if part)
