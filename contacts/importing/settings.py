"""What an import was told: kept as JSON on the run, typed here."""

from dataclasses import dataclass, field
from typing import Any

from contacts.importing.mapping import Mapping
from contacts.importing.readers import options
from contacts.importing.readers.options import ReadOptions
from contacts.importing.suggestions import AUTO
from contacts.models import ImportRun


@dataclass(frozen=True, slots=True)
class Settings:
    """How the file is read and what its columns mean.

    ``chosen`` are the reading options somebody chose, ``found`` the complete ones in use;
    ``notices`` counts what the file holds and nobody takes over (photos, unknown properties).
    """

    chosen: ReadOptions = field(default_factory=ReadOptions)
    found: ReadOptions = field(default_factory=ReadOptions)
    kind: str = ""
    header: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    preset: str = AUTO
    mapping: Mapping = field(default_factory=Mapping)
    understood: tuple[str, ...] = ()
    notices: dict[str, int] = field(default_factory=dict)
    revert: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values for the run's ``settings``."""
        return {
            "chosen": self.chosen.as_json(),
            "found": self.found.as_json(),
            "kind": self.kind,
            "header": list(self.header),
            "sheets": list(self.sheets),
            "preset": self.preset,
            "mapping": self.mapping.as_json(),
            "understood": list(self.understood),
            "notices": self.notices,
            "revert": self.revert,
        }


def of(run: ImportRun) -> Settings:
    """The settings of a run."""
    data = run.settings
    return Settings(
        chosen=options.from_json(data.get("chosen", {})),
        found=options.from_json(data.get("found", {})),
        kind=data.get("kind", ""),
        header=tuple(data.get("header", ())),
        sheets=tuple(data.get("sheets", ())),
        preset=data.get("preset", AUTO),
        mapping=Mapping(**data.get("mapping", {})),
        understood=tuple(data.get("understood", ())),
        notices=data.get("notices", {}),
        revert=data.get("revert", {}),
    )
