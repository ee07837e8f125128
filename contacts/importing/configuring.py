"""How a run's file is read and mapped; changes the run in memory, :mod:`.imports` saves it."""

from collections.abc import Mapping as MappingABC
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from contacts import qualification
from contacts.importing import mapping as mappings
from contacts.importing import plans, running, settings, suggestions, targets
from contacts.importing.mapping import Mapping
from contacts.importing.presets.catalogue import PRESETS
from contacts.importing.readers import options, preview
from contacts.importing.readers.options import ReadOptions
from contacts.importing.readers.refusals import BadReadOptions
from contacts.models import Criterion, ImportRun

SAMPLE: Final = 200
COUNTED_AT_ONCE: Final = {"delimited": 20_000_000, "vcard": 20_000_000, "spreadsheet": 4_000_000}


def read_file(run: ImportRun, *, preset: str, chosen: ReadOptions | None = None) -> None:
    """Read the beginning of the file, propose a mapping; count a small file at once.

    :raises UnreadableFile: nothing of it can be read
    :raises BadReadOptions: an unknown preset
    """
    if preset != suggestions.AUTO and preset not in PRESETS:
        raise BadReadOptions(
            _("Die Vorlage „%(name)s“ gibt es nicht. Möglich sind: auto, %(names)s.")
            % {"name": preset, "names": ", ".join(PRESETS)},
            field="preset",
        )
    path = Path(run.file.path)
    chosen = chosen or ReadOptions()
    head = preview(path, chosen, limit=SAMPLE)
    suggestion = suggestions.suggest(
        header=head.header,
        rows=[row.values for row in head.rows if row.problem is None],
        preset=preset,
        kind=head.kind,
        criteria={each.label: each.code for each in plans.importable_criteria()},
    )
    found = settings.Settings(
        chosen=chosen,
        found=head.options,
        kind=head.kind,
        header=head.header,
        sheets=head.sheets,
        preset=suggestion.preset,
        mapping=Mapping(columns=_decided(suggestion)),
        understood=tuple(name for name in head.header if name in suggestion.known),
    )
    run.settings = found.as_json()
    is_small = run.file_size <= COUNTED_AT_ONCE[head.kind]
    run.rows_total = running.count_rows(path, found) if is_small else None


def change(
    run: ImportRun,
    *,
    reading: MappingABC[str, Any] | None,
    preset: str | None,
    mapping: MappingABC[str, Any] | None,
) -> None:
    """Read anew where asked to, then take the mapping.

    :raises BadReadOptions: an impossible encoding, delimiter, header row or preset
    :raises BadMapping: the mapping does not fit
    """
    if reading is not None or preset is not None:
        current = settings.of(run)
        chosen = current.chosen if reading is None else options.from_json(reading)
        read_file(run, preset=preset or suggestions.AUTO, chosen=chosen)
    if mapping is not None:
        current = settings.of(run)
        parsed = mappings.parse(dict(mapping), header=current.header, criteria=_criteria())
        _refuse_sensitive(parsed)
        run.settings = replace(current, mapping=parsed).as_json()


def require_mapping(run: ImportRun) -> None:
    """Pass if the run's mapping still fits its file and the criteria there are.

    :raises BadMapping: it does not
    """
    current = settings.of(run)
    mappings.checked(current.mapping, header=current.header, criteria=_criteria())
    _refuse_sensitive(current.mapping)


def _decided(suggestion: suggestions.Suggestion) -> dict[str, str | None]:
    """The columns whose meaning is known; the others wait for somebody to decide on them."""
    return {
        name: code for name, code in suggestion.columns.items() if code or name in suggestion.known
    }


def _criteria() -> list[str]:
    return list(Criterion.objects.filter(is_active=True).values_list("code", flat=True))


def _refuse_sensitive(mapping: Mapping) -> None:
    """A file proves no consent: personality profiles and Art. 9 data are not imported."""
    codes = {code for code in (*mapping.columns.values(), *mapping.defaults) if code}
    wanted = [code.removeprefix(targets.CRITERION) for code in codes]
    guarded = Criterion.objects.filter(code__in=wanted, sensitivity__in=qualification.GUARDED)
    if criterion := guarded.first():
        raise qualification.SensitiveValueRefused(
            _(
                "„%(criterion)s“ verrät zu viel über den Menschen und wird nicht importiert: "
                "Eine Datei belegt keine Einwilligung."
            )
            % {"criterion": criterion.label},
            field="mapping",
            criterion=criterion.code,
        )
