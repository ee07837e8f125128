"""What each column means, as chosen by a person or proposed by a preset; JSON in and out."""

from collections.abc import Mapping as MappingABC
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from contacts.importing import targets
from crm.kernel.errors import DomainError

IDENTIFYING: Final = frozenset(
    {
        "person.surname",
        "person.given_name",
        "person.full_name",
        "person.surname_given",
        "company.name",
    }
)
OPTIONS: Final = ("area_code", "region")
KEYS: Final = ("columns", "defaults", "translations", "options")


class BadMapping(DomainError):
    """The mapping does not fit the file or contradicts itself; ``problems`` lists every fault."""

    code = "import-mapping"

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(problems), field="mapping", problems=self.problems)


@dataclass(frozen=True, slots=True)
class Mapping:
    """``columns``: name in the file → code of a target, or None to leave the column out. A column
    that is absent is left out as well: nobody has decided on it yet.

    ``defaults`` fill a target whose cells are empty; ``translations`` replace whole cells, whatever
    their case; ``options``: ``area_code`` (put before numbers without one, ``030``) and ``region``
    (country of numbers and postal codes that name none, ``DE``).
    """

    columns: dict[str, str | None] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The mapping as plain values."""
        return {name: dict(getattr(self, name)) for name in KEYS}


def parse(data: Any, *, header: Sequence[str], criteria: Sequence[str] = ()) -> Mapping:
    """Read a mapping; ``criteria`` are the codes of those that may be filled.

    :raises BadMapping: with every fault found
    """
    if not isinstance(data, dict):
        raise BadMapping([_("Die Zuordnung muss ein JSON-Objekt sein.")])
    problems = [
        _("„%(name)s“ kennt die Zuordnung nicht; möglich sind: %(names)s.")
        % {"name": name, "names": ", ".join(KEYS)}
        for name in data
        if name not in KEYS
    ]
    for name in KEYS:
        if not isinstance(data.get(name, {}), dict):
            problems.append(_("„%(name)s“ muss ein JSON-Objekt sein.") % {"name": name})
    if problems:
        raise BadMapping(problems)
    strange = [code for code in data.get("columns", {}).values() if code and type(code) is not str]
    if strange:
        raise BadMapping([problem for code in strange for problem in _unknown(code, criteria)])
    mapping = Mapping(
        columns={name: code or None for name, code in data.get("columns", {}).items()},
        defaults={code: str(text) for code, text in data.get("defaults", {}).items()},
        translations=data.get("translations", {}),
        options={name: str(text) for name, text in data.get("options", {}).items() if text},
    )
    return checked(mapping, header=header, criteria=criteria)


def checked(mapping: Mapping, *, header: Sequence[str], criteria: Sequence[str] = ()) -> Mapping:
    """Pass a mapping that fits the file.

    :raises BadMapping: with every fault found
    """
    problems = [
        _("Die Spalte „%(name)s“ gibt es in der Datei nicht.") % {"name": name}
        for name in mapping.columns
        if name not in header
    ]
    codes = [code for code in mapping.columns.values() if code]
    for code in (*codes, *mapping.defaults, *mapping.translations):
        problems += _unknown(code, criteria)
    problems += _claimed_twice(mapping.columns)
    problems += [
        _("Die Übersetzungen für „%(code)s“ müssen Text zu Text sein.") % {"code": code}
        for code, table in mapping.translations.items()
        if not _is_text_table(table)
    ]
    problems += [
        _("Die Angabe „%(name)s“ kennt die Zuordnung nicht.") % {"name": name}
        for name in mapping.options
        if name not in OPTIONS
    ]
    if not IDENTIFYING & {*codes, *mapping.defaults}:
        problems.append(_("Ordnen Sie wenigstens einen Namen oder eine Firma zu."))
    if problems:
        raise BadMapping(list(dict.fromkeys(problems)))
    return mapping


def _unknown(code: Any, criteria: Sequence[str]) -> list[str]:
    target = targets.find(code) if isinstance(code, str) else None
    if target is None:
        return [_("Das Feld „%(code)s“ gibt es nicht.") % {"code": code}]
    if target.group == "criterion" and target.code.removeprefix(targets.CRITERION) not in criteria:
        return [_("Das Kriterium „%(code)s“ gibt es nicht.") % {"code": target.label}]
    return []


def _claimed_twice(columns: MappingABC[str, str | None]) -> list[str]:
    claims: dict[str, list[str]] = {}
    labels = {}
    for name, code in columns.items():
        if code and (target := targets.find(code)) and target.takes_one_column:
            claims.setdefault(code, []).append(name)
            labels[code] = target.label
    return [
        _("„%(field)s“ nimmt nur eine Spalte; zugeordnet sind: %(names)s.")
        % {"field": labels[code], "names": ", ".join(names)}
        for code, names in claims.items()
        if len(names) > 1
    ]


def _is_text_table(table: Any) -> bool:
    return isinstance(table, dict) and all(
        isinstance(key, str) and isinstance(value, str) for key, value in table.items()
    )
