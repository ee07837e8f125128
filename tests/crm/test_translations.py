"""The English catalogue: complete, well-formed, compiled."""

import re
from collections import Counter
from collections.abc import Iterator

import polib
import pytest
from django.conf import settings

from tests.crm.marked_texts import marked_texts

FOLDER = settings.LOCALE_PATHS[0] / "en" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|{\w*}|</?\w+[^>]*>")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(FOLDER / "django.po")


def pairs(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Each German text with its English one."""
    if entry.msgid_plural:
        yield entry.msgid, entry.msgstr_plural[0]
        yield entry.msgid_plural, entry.msgstr_plural[1]
    else:
        yield entry.msgid, entry.msgstr


def test_every_marked_text_is_in_the_catalogue(catalogue: polib.POFile) -> None:
    known = {entry.msgid for entry in catalogue}
    lacking = {text: str(path) for text, path in marked_texts().items() if text not in known}
    assert lacking == {}, "see docs/oberflaeche.md, Übersetzung"


def test_every_text_has_its_english(catalogue: polib.POFile) -> None:
    empty = [german for entry in catalogue for german, english in pairs(entry) if not english]
    assert empty == []
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []


def test_placeholders_and_markup_agree(catalogue: polib.POFile) -> None:
    apart = [
        (german, english)
        for entry in catalogue
        for german, english in pairs(entry)
        if Counter(PLACEHOLDER.findall(german)) != Counter(PLACEHOLDER.findall(english))
    ]
    assert apart == []


def test_blanks_and_line_ends_agree(catalogue: polib.POFile) -> None:
    def ends(text: str) -> tuple[str, str]:
        return re.match(r"\s*", text)[0], re.search(r"\s*\Z", text)[0]  # type: ignore[index]

    apart = [p for entry in catalogue for p in pairs(entry) if ends(p[0]) != ends(p[1])]
    assert apart == []


def test_what_is_compiled_is_what_is_written(catalogue: polib.POFile) -> None:
    compiled = polib.mofile(FOLDER / "django.mo")
    assert {(e.msgid, *pairs(e)) for e in compiled} == {(e.msgid, *pairs(e)) for e in catalogue}
    assert len(compiled) == len(catalogue)
