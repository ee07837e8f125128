"""Every text that is marked for translation, found without xgettext."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

MARKS = {"gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext_lazy"}
LITERAL = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"(?:\bn?gettext|\b_)\({LITERAL}")


def marked_texts() -> dict[str, Path]:
    """The msgids in Python and in templates, and a file in which each stands."""
    return {
        text: path
        for package in ("crm", "contacts", "consent", "history")
        for path in settings.BASE_DIR.glob(f"{package}/**/*")
        for text in _in(path)
    }


def _in(path: Path) -> Iterator[str]:
    if path.suffix == ".py":
        yield from _in_python(path.read_text())
    elif path.suffix in (".html", ".txt") and "templates" in path.parts:
        yield from _in_template(path.read_text())


def _in_python(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in MARKS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            text = node.args[node.func.id.startswith("pgettext")]
            if isinstance(text, ast.Constant):
                yield str(text.value)


def _in_template(source: str) -> Iterator[str]:
    """Django writes a template as calls of gettext for xgettext to read."""
    for call in CALL.finditer(templatize(source)):
        yield str(ast.literal_eval(call[1]))
