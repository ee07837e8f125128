"""The figures of a fair, as sentences and bars."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from consent import channels
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import formats
from crm.ui.access import Request, permitted
from crm.ui.screens.fairs import asked
from crm.ui.screens.reports import bars
from history.fairs import figures
from history.fairs.figures import Figures
from history.reports.report import Bar, Chart, Part


@require_GET
@permitted(Permission.HISTORY_VIEW)
def event_figures(request: Request, public_id: UUID) -> HttpResponse:
    """What was captured when and by whom, and what became of it."""
    found = asked.fair(request, public_id)
    counted = figures.of(found, at=clock.now())
    charts = [(chart, bars.drawn(chart)) for chart in _charts(counted)] if counted.leads else []
    return asked.page(request, found, "zahlen", {"figures": counted, "charts": charts})


def _charts(counted: Figures) -> list[Chart]:
    plain = [Part("series-1", _("Leads"))]
    kept = counted.promises
    return [
        Chart(
            _("Leads je Stunde"),
            plain,
            [
                Bar(f"{formats.day_of_week(hour)} {formats.hour(hour)}", [n])
                for hour, n in counted.hours
            ],
        ),
        Chart(
            _("Priorität"),
            plain,
            [Bar(grade or _("ohne"), [n]) for grade, n in counted.grades],
        ),
        Chart(_("Wer erfasst hat"), plain, [Bar(str(user), [n]) for user, n in counted.reps]),
        Chart(
            _("Einwilligung je Kanal"),
            [
                Part("series-1", _("Ja")),
                Part("series-3", _("Nein")),
                Part("series-rest", _("nicht gefragt")),
            ],
            [
                Bar(
                    f"{channels.label(each.channel)}: {formats.percent(each.rate)}",
                    [each.yes, each.no, each.not_asked],
                )
                for each in counted.opt_ins
            ],
        ),
        Chart(
            _("Zugesagtes Nachfassen"),
            [
                Part("on_time", _("rechtzeitig")),
                Part("overdue", _("zu spät")),
                Part("rest", _("noch nicht fällig")),
            ],
            [Bar(_("Leads"), [kept.kept, kept.broken, kept.ahead])],
        ),
        Chart(
            _("Was daraus wurde"),
            plain,
            [
                Bar(_("offen"), [counted.open]),
                Bar(_("übernommen"), [counted.taken_over]),
                Bar(_("ohne Ergebnis"), [counted.dropped]),
            ],
        ),
    ]
