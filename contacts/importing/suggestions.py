"""Which column probably means what: preset by score, then meanings by name and by content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from contacts.importing import targets
from contacts.importing.cleaning.companies import is_industry_code
from contacts.importing.presets.catalogue import PRESETS, keys_of_one
from contacts.importing.presets.vocabulary import key

AUTO: Final = "auto"
PROGRAMS: Final = ("outlook", "google", "erp", "vcard")
NAME_LINES: Final = frozenset({"name1", "name2", "name3"})


@dataclass(slots=True)
class Suggestion:
    """``columns`` has every column of the file; ``known`` are those whose name was understood."""

    preset: str
    columns: dict[str, str | None] = field(default_factory=dict)
    known: frozenset[str] = frozenset()


def suggest(
    *,
    header: Sequence[str],
    rows: Sequence[Sequence[str]] = (),
    preset: str = AUTO,
    kind: str = "",
    criteria: Mapping[str, str] | None = None,
) -> Suggestion:
    """Suggest a mapping for a file.

    ``rows`` are some rows to look at where a name has several meanings; ``kind`` is the table's
    kind; ``criteria`` maps the label of each criterion to its code.
    """
    if preset == AUTO:
        preset = "vcard" if kind == "vcard" else recognise(header)
    by_criterion = {key(label): code for label, code in (criteria or {}).items()}
    free = PRESETS["free"].columns
    suggestion = Suggestion(preset)
    understood = set()
    for name in header:
        normal = key(name)
        meanings = [columns for columns in (PRESETS[preset].columns, free) if normal in columns]
        if meanings:
            suggestion.columns[name] = meanings[0][normal]
        else:
            code = by_criterion.get(normal)
            suggestion.columns[name] = targets.CRITERION + code if code else None
        if meanings or normal in by_criterion:
            understood.add(name)
    _read_names_in_context(suggestion.columns, header, rows)
    _keep_industry_codes_only(suggestion.columns, header, rows, by_criterion)
    _drop_second_claims(suggestion.columns)
    suggestion.known = frozenset(understood)
    return suggestion


def recognise(header: Sequence[str]) -> str:
    """The program whose column names these are; ``free`` if none's."""
    keys = {key(name) for name in header}
    known = {code: len(keys & PRESETS[code].columns.keys()) for code in PROGRAMS}
    own = {code: len(keys & keys_of_one(code)) for code in PROGRAMS}
    best = max(PROGRAMS, key=lambda code: known[code] + 2 * own[code])
    free = len(keys & PRESETS["free"].columns.keys())
    is_plain = known[best] < 3 or known[best] < free or (own[best] == 0 and known[best] == free)
    return "free" if is_plain else best


def _read_names_in_context(
    columns: dict[str, str | None], header: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """``NAME`` is a surname beside a given name; ``NAME1`` is a firm, beside one a person."""
    plain = [name for name in header if key(name) in ("name", "name1")]
    if not plain:
        return
    others = {target for name, target in columns.items() if name not in plain}
    for name in plain:
        if key(name) == "name1" and "company.name" not in (others - _continuations(columns)):
            columns[name] = "company.name"
        elif "person.surname" in others:
            columns[name] = None
        elif "person.given_name" in others:
            columns[name] = "person.surname"
        else:
            columns[name] = _whole_name(header.index(name), rows)


def _continuations(columns: Mapping[str, str | None]) -> set[str | None]:
    """Targets that only NAME1, NAME2 and NAME3 claim: they are one name in several columns."""
    by_others = {target for name, target in columns.items() if key(name) not in NAME_LINES}
    claimed = {target for name, target in columns.items() if key(name) in NAME_LINES}
    return claimed - by_others


def _keep_industry_codes_only(
    columns: dict[str, str | None],
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    criteria: Mapping[str, str],
) -> None:
    """``Branche`` may hold codes of WZ 2008 or plain words; words belong to a criterion, if any."""
    for name, code in columns.items():
        cells = _filled(header.index(name), rows)
        if code == "company.industry" and cells and not all(map(is_industry_code, cells)):
            criterion = criteria.get(key(name))
            columns[name] = targets.CRITERION + criterion if criterion else None


def _filled(position: int, rows: Sequence[Sequence[str]]) -> list[str]:
    return [row[position] for row in rows if len(row) > position and row[position].strip()]


def _whole_name(position: int, rows: Sequence[Sequence[str]]) -> str:
    """Commas in most cells say that the surname comes first."""
    cells = _filled(position, rows)
    commas = sum("," in cell for cell in cells)
    return "person.surname_given" if commas * 2 > len(cells) else "person.full_name"


def _drop_second_claims(columns: dict[str, str | None]) -> None:
    """A field that takes one column only keeps the first that claims it."""
    taken: set[str] = set()
    for name, code in columns.items():
        target = targets.find(code) if code else None
        if target is None or not target.takes_one_column:
            continue
        if code in taken:
            columns[name] = None
        elif code is not None:
            taken.add(code)
