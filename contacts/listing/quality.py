"""The quality of the stock in numbers, each of which is a list that can be opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.listing import query as queries
from contacts.listing.matching import condition_of
from contacts.listing.scope import ListName, Scope

BOTH = frozenset(ListName)
INCOMPLETE_BELOW = 60


@dataclass(frozen=True, slots=True)
class Measure:
    """A weakness of the data: how it is called and which query finds the records that have it."""

    code: str
    label: str | Promise
    query: str
    sort: str = ""


MEASURES = (
    Measure("unreachable", _("ohne jeden Kontaktweg"), "lacks=ANY"),
    Measure("bounced", _("mit unzustellbarem Kontaktweg"), "point_status=BOUNCED"),
    Measure("unconfirmed", _("seit zwei Jahren nicht bestätigt"), "unconfirmed=2", "confirmed"),
    Measure(
        "address_unconfirmed",
        _("Anschrift seit zwei Jahren nicht bestätigt"),
        "address_unconfirmed=2",
    ),
    Measure(
        "incomplete",
        _("weniger als 60\N{NO-BREAK SPACE}% vollständig"),
        f"completeness_below={INCOMPLETE_BELOW}",
        "completeness",
    ),
    Measure("duplicates", _("zur Dublettenprüfung vorgemerkt"), "duplicate_check=yes"),
    Measure("passed", _("mit Angaben, deren Nutzungsfrist abgelaufen ist"), "term=passed"),
    Measure("unowned", _("ohne Zuständige"), "owner=none"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure, how many records have it, and the query string of their list."""

    measure: Measure
    count: int
    total: int

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.count / self.total if self.total else 0.0

    @property
    def address(self) -> str:
        """The query string of the list, sorted by what matters."""
        sort = f"&sort={self.measure.sort}" if self.measure.sort else ""
        return f"{self.measure.query}{sort}"


def figures(*, scope: Scope, measures: Sequence[Measure] = MEASURES) -> list[Figure]:
    """All measures of one list with exact numbers; one pass over the records."""
    conditions = {
        measure.code: condition_of(
            scope=scope, query=queries.parse_string(scope=scope, text=measure.query)
        )
        for measure in measures
    }
    counted = _counted(scope, conditions)
    return [Figure(m, counted[m.code], counted["total"]) for m in measures]


def _counted(scope: Scope, conditions: dict[str, Q]) -> dict[str, int]:
    parts: dict[str, Any] = {
        code: Count("pk", filter=condition) for code, condition in conditions.items()
    }
    found: dict[str, int] = scope.visible().aggregate(total=Count("pk"), **parts)
    return found
