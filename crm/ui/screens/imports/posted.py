"""The mapping as the form of step three sends it."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from contacts.importing.mapping import Mapping
from crm.ui.screens.imports.choices import UNDECIDED


def mapping_from(post: QueryDict, header: Sequence[str]) -> Mapping:
    """Read the form, unchecked; a column nobody decided on is absent."""
    columns: dict[str, str | None] = {}
    translations: dict[str, dict[str, str]] = {}
    for position, name in enumerate(header):
        code = post.get(f"column-{position}", UNDECIDED)
        if code == UNDECIDED:
            continue
        columns[name] = code or None
        if code and (words := _words(post, position)):
            translations.setdefault(code, {}).update(words)
    return Mapping(columns, _defaults(post), translations, _options(post))


def row_number(post: QueryDict) -> int | None:
    """The row to be shown: the button pressed, else the row shown before."""
    wanted = post.get("row") or post.get("at", "")
    return int(wanted) if wanted.isdecimal() and len(wanted) < 10 else None


def _words(post: QueryDict, position: int) -> dict[str, str]:
    pairs = zip(post.getlist(f"from-{position}"), post.getlist(f"to-{position}"), strict=False)
    return {before: after.strip() for before, after in pairs if after.strip()}


def _defaults(post: QueryDict) -> dict[str, str]:
    pairs = zip(post.getlist("default-field"), post.getlist("default-text"), strict=False)
    return {code: text.strip() for code, text in pairs if code and text.strip()}


def _options(post: QueryDict) -> dict[str, Any]:
    names = ("area_code", "region")
    return {name: text for name in names if (text := post.get(name, "").strip())}
