"""The documentation: links lead somewhere, words stand on the screen, all keys are listed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.ui import keys

ROOT = Path(__file__).parent.parent
HANDBOOK = ROOT / "docs" / "handbuch"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
ON_SCREEN = re.compile(r"(?<!\*)\*(?!\*)([^*]+)\*(?!\*)")
TRANSLATED = re.compile(r'(?:{%\s*translate\s+|_\()"((?:[^"\\]|\\.)*)"')
LOOKS_ALIKE = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NON-BREAKING HYPHEN}": "-"})


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_something_that_exists(page: Path) -> None:
    lost = [target for target in links(page) if not exists(target, seen_from=page)]
    assert lost == []


@pytest.mark.parametrize("page", sorted(HANDBOOK.glob("*.md")), ids=name)
def test_the_handbook_speaks_the_words_of_the_screen(page: Path, words: set[str]) -> None:
    prose = CODE.sub("", page.read_text()).replace("\n\n", "\N{PILCROW SIGN}")
    quoted = {" ".join(found.split()) for found in ON_SCREEN.findall(prose)}
    assert {word for word in quoted if word.translate(LOOKS_ALIKE) not in words} <= {"Kursiv"}


def test_the_table_of_keys_is_the_registry() -> None:
    assert table_of_keys((HANDBOOK / "tastatur.md").read_text()) == {
        place: [(" ".join(map(str, key.keys)), str(key.label)) for key in entries]
        for place, entries in keys.by_place()
    }


@pytest.fixture(scope="module")
def words() -> set[str]:
    """Every German text that a screen can show as it stands."""
    found: set[str] = set()
    for package in ("contacts", "crm/accounts", "crm/ui", "history"):
        for path in (ROOT / package).rglob("*.py"):
            found.update(texts_of(ast.parse(path.read_text())))
    for path in (ROOT / "crm" / "ui" / "templates").rglob("*.html"):
        found.update(TRANSLATED.findall(path.read_text()))
    return {text.translate(LOOKS_ALIKE) for text in found}


def texts_of(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        match node:
            case ast.Call(
                func=ast.Name(id="_" | "gettext" | "gettext_lazy"),
                args=[ast.Constant(value=str(text)), *_],
            ):
                yield text


def links(page: Path) -> list[str]:
    targets = LINK.findall(CODE.sub("", page.read_text()))
    return [target for target in targets if not re.match(r"[a-z]+:", target)]


def exists(target: str, *, seen_from: Path) -> bool:
    file, _, anchor = target.partition("#")
    path = (seen_from.parent / file).resolve() if file else seen_from
    if not path.exists():
        return False
    return not anchor or anchor in anchors(path)


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub makes of headings."""
    headings = re.findall(r"^#+ +(.+)$", page.read_text(), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {text.strip().replace(" ", "-") for text in kept}


def table_of_keys(text: str) -> dict[str, list[tuple[str, str]]]:
    """Heading → rows of its table as ``("Strg K", "Suchen oder Befehl")``."""
    found: dict[str, list[tuple[str, str]]] = {}
    for section in text.split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        rows = re.findall(r"^\| (`.+`) \| (.+) \|$", body, re.MULTILINE)
        found[heading] = [(caps.replace("`", ""), label) for caps, label in rows]
    return found
