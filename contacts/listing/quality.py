"""The quality of the stock in numbers, each of which is a list that can be opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count, Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contacts import freshness
from contacts.freshness import Freshness
from contacts.listing import counting
from contacts.listing import query as queries
from contacts.listing.scope import Scope
from contacts.models import Source

INCOMPLETE_BELOW = 60


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that records have in common: its name, and the query that finds them.

    ``sort`` is the order in which their list is worth reading.
    """

    code: str
    label: str | Promise
    query: str
    sort: str = ""


WEAKNESSES = (
    Measure("unreachable", _("ohne jeden Kontaktweg"), "lacks=ANY"),
    Measure("bounced", _("mit unzustellbarem Kontaktweg"), "point_status=BOUNCED"),
    Measure(
        "address_unconfirmed",
        _("Anschrift seit zwei Jahren nicht bestätigt"),
        "address_unconfirmed=2",
    ),
    Measure(
        "incomplete",
        format_lazy(
            _("weniger als {share} vollständig"),
            share=f"{INCOMPLETE_BELOW}\N{NO-BREAK SPACE}%",
        ),
        f"completeness_below={INCOMPLETE_BELOW}",
        "completeness",
    ),
    Measure("duplicates", _("zur Dublettenprüfung vorgemerkt"), "duplicate_check=yes"),
    Measure("passed", _("mit Angaben nach Ablauf der Nutzungsfrist"), "term=passed"),
    Measure("unowned", _("ohne Zuständige"), "owner=none"),
)
BANDS = ((0, 39), (40, 59), (60, 79), (80, 99), (100, 100))


def freshness_measures(*, today: date) -> list[Measure]:
    """Three parts of the whole: confirmed within two years, longer ago, never."""
    stale = freshness.stale_before(today)
    fresh = stale + timedelta(days=1)
    return [
        Measure(
            Freshness.FRESH, _("in den letzten zwei Jahren"), f"confirmed={fresh}", "-confirmed"
        ),
        Measure(Freshness.STALE, _("davor"), f"confirmed=&confirmed={stale}", "confirmed"),
        Measure(Freshness.NEVER, _("nie"), "unconfirmed=never"),
    ]


def completeness_measures() -> list[Measure]:
    """Five parts of the whole, the least complete first."""
    return [
        Measure(
            f"{first}",
            f"{first}–{last}\N{NO-BREAK SPACE}%"
            if first != last
            else f"{first}\N{NO-BREAK SPACE}%",
            f"completeness={first}&completeness={last}",
            "completeness",
        )
        for first, last in BANDS
    ]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure, how many records have it, of how many."""

    measure: Measure
    count: int
    total: int

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.count / self.total if self.total else 0.0

    @property
    def query(self) -> str:
        """The query string of the list."""
        sort = f"&sort={self.measure.sort}" if self.measure.sort else ""
        return f"{self.measure.query}{sort}"


def figures(*, scope: Scope, measures: Sequence[Measure]) -> list[Figure]:
    """Exact numbers of one list for all measures, with one statement."""
    wanted = [
        (scope, queries.parse_string(scope=scope, text=text))
        for text in ("", *(measure.query for measure in measures))
    ]
    total, *numbers = counting.exact(wanted=wanted)
    return [
        Figure(measure, number, total) for measure, number in zip(measures, numbers, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class SourceFigure:
    """How many records came from a source, and how many of them were confirmed when.

    ``completeness`` is the mean of their percentages.
    """

    source: Source
    total: int
    stale: int
    never: int
    completeness: float

    @property
    def fresh(self) -> int:
        """Confirmed within two years."""
        return self.total - self.stale - self.never

    @property
    def query(self) -> str:
        """The query string of the list."""
        return f"source={self.source.public_id}"


def by_source(*, scope: Scope) -> list[SourceFigure]:
    """The sources of the records that the user sees, the largest first (two queries)."""
    old = Q(confirmed_on__lte=freshness.stale_before(scope.today))
    rows = (
        scope.visible()
        .values("source")
        .annotate(
            total=Count("pk"),
            stale=Count("pk", filter=old),
            never=Count("pk", filter=Q(confirmed_on=None)),
            completeness=Avg("completeness"),
        )
        .order_by("-total", "source")
    )
    found = list(rows)
    sources = Source.objects.in_bulk([row["source"] for row in found])
    return [SourceFigure(**{**row, "source": sources[row["source"]]}) for row in found]
