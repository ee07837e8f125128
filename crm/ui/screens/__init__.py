"""The screens, one package each. A package appears in the product by lying here.

A screen may have

``urls.py``
    ``urlpatterns`` with complete paths from the root (no namespace);
``shell.py``
    registers what the screen adds to the frame: areas (:mod:`crm.ui.navigation`), commands
    (:mod:`crm.ui.commands`) and keys (:mod:`crm.ui.keys`).
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules


def modules(kind: str) -> Iterator[str]:
    """Dotted names of the ``kind`` modules (``urls``, ``shell``) of all screens, by name."""
    for screen in sorted(module.name for module in iter_modules(__path__) if module.ispkg):
        name = f"{__name__}.{screen}.{kind}"
        if find_spec(name) is not None:
            yield name


def register_all() -> None:
    """Import every screen's ``shell.py``; called once when Django is ready."""
    for name in modules("shell"):
        import_module(name)
