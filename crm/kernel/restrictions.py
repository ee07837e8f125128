"""Whose processing is restricted (Art. 18 GDPR): hidden from all but those who handle that.

The app that knows of restrictions says here which condition finds them; queries that select what
a user may see leave them out, without knowing why.
"""

from collections.abc import Callable

from django.db.models import Q

_conditions: dict[str, Callable[[], Q]] = {}


def register(label: str, condition: Callable[[], Q]) -> None:
    """Say by which condition restricted rows of a model (``app.model``) are found."""
    _conditions[label] = condition


def restricted(label: str) -> Q | None:
    """The condition, or None if nobody restricts rows of the model."""
    condition = _conditions.get(label)
    return condition() if condition else None
