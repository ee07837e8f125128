"""Dark differs from light in colours alone; tests of accessibility in browsers rely on it."""

from crm.platform.embedded import REPOSITORY


def test_dark_differs_in_colours_alone() -> None:
    """No style, script or template asks for the scheme, but for the colour around the page."""
    asking = [
        f"{path.name}: {line.strip()}"
        for folder in ("static", "templates")
        for path in sorted((REPOSITORY / "crm/ui" / folder).rglob("*.*"))
        if path.suffix in (".css", ".js", ".mjs", ".html") and "vendor" not in path.parts
        for line in path.read_text().splitlines()
        if "prefers-color-scheme" in line and not line.startswith('<meta name="theme-color"')
    ]
    assert asking == []
