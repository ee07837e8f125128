"""What the database refuses because two people acted in the same moment, as a sentence.

Services look before they write; between the look and the write somebody else may be faster. Then
a constraint of the database decides, and the slower one is asked to try again.
"""

from typing import Final

from django.db import Error
from django.utils.translation import gettext as _

from crm.kernel import errors

UNIQUE, SERIALIZATION, DEADLOCK = "23505", "40001", "40P01"
_COLLISIONS: Final = frozenset({UNIQUE, SERIALIZATION, DEADLOCK})


def conflict_of(error: Exception) -> errors.Conflict | None:
    """The conflict that a database error means, or None if it means something else.

    https://www.postgresql.org/docs/current/errcodes-appendix.html
    """
    if not isinstance(error, Error):
        return None
    if getattr(error.__cause__, "sqlstate", None) not in _COLLISIONS:
        return None
    return errors.Conflict(
        _("Jemand anders hat im selben Moment etwas gesichert. Bitte versuchen Sie es noch einmal.")
    )
