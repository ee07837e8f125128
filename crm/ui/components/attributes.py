"""HTML attributes given to a component as keyword arguments."""

from typing import Any

from django.forms.utils import flatatt
from django.utils.safestring import SafeString


def flat(attributes: dict[str, Any]) -> SafeString:
    """``{"hx_get": "/x/", "data_key": "n"}`` as `` hx-get="/x/" data-key="n"``, escaped.

    True makes a bare attribute; False, None and "" leave it out.
    """
    return flatatt(
        {
            name: value
            for name, value in hyphened(attributes).items()
            if value is not None and value is not False and value != ""
        }
    )


def hyphened(attributes: dict[str, Any]) -> dict[str, Any]:
    """Keyword names as attribute names: ``hx_get`` → ``hx-get``, ``class_`` → ``class``."""
    return {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}


def classes(*names: str) -> str:
    """The non-empty names, joined."""
    return " ".join(name for name in names if name)
