"""The details of audit rows: what was before and is now, where from, and what was taken out."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from contacts import difference_texts
from contacts.difference_texts import Difference
from contacts.models import ImportRun
from crm.kernel.models import AuditEntry


def of(entries: Iterable[AuditEntry]) -> dict[int, tuple[Difference, ...]]:
    """The details of each entry by its number (one query for files, two for answers)."""
    entries = list(entries)
    read = difference_texts.reader_for(entries)
    files = _files(entries)
    return {entry.pk: (*read(entry), *_facts(entry, files)) for entry in entries}


def _files(entries: Iterable[AuditEntry]) -> dict[int, str]:
    runs = {int(entry.context["import"]) for entry in entries if entry.context.get("import")}
    if not runs:
        return {}
    return dict(ImportRun.objects.filter(pk__in=runs).values_list("pk", "file_name"))


def _facts(entry: AuditEntry, files: dict[int, str]) -> Iterator[Difference]:
    about: dict[str, Any] = entry.context
    if run := about.get("import"):
        yield Difference(_("Aus der Datei"), "", _line(files.get(int(run), ""), about.get("row")))
    if "conditions" in about and (text := _conditions(about)):
        yield Difference(_("Bedingungen"), "", text)
    for name, (label, told) in _TOLD.items():
        if name in about and (text := told(about[name])):
            yield Difference(label(), "", text)


def _line(file: str, row: Any) -> str:
    name = file or _("nicht mehr vorhanden")
    return _("%(file)s, Zeile %(row)s") % {"file": name, "row": row} if row else name


def _yes(value: Any) -> str:
    return _("ja") if value else ""


def _conditions(about: dict[str, Any]) -> str:
    """What narrowed down the list; a search stands only in the address of the list."""
    address = about.get("query")
    searched = parse_qs(address).get("q", []) if isinstance(address, str) else []
    found = [_("Suche: %(text)s") % {"text": text} for text in searched]
    found += [str(each) for each in about["conditions"]]
    return " · ".join(found) or ("" if about.get("chosen_by_hand") else _("keine, alle Zeilen"))


_TOLD: dict[str, tuple[Callable[[], str], Callable[[Any], str]]] = {
    "rows": (lambda: _("Zeilen"), lambda value: number_format(value, force_grouping=True)),
    "format": (lambda: _("Dateiart"), lambda value: str(value).upper()),
    "chosen_by_hand": (lambda: _("Zeilen von Hand ausgewählt"), _yes),
    "columns": (lambda: _("Spalten"), lambda value: number_format(len(value))),
    "dry_run": (lambda: _("Probelauf"), _yes),
    "update_existing": (lambda: _("Vorhandene aktualisieren"), _yes),
}
