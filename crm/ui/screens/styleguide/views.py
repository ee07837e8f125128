"""``/styleguide/``."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from crm.kernel import clock
from crm.ui import responses
from crm.ui.access import Request
from crm.ui.screens.styleguide import forms, material
from crm.ui.toasts import Toast


@require_GET
def styleguide(request: Request) -> HttpResponse:
    """The page; it needs no data but its own."""
    context = {
        "scales": material.scales(),
        "tokens": material.TOKENS,
        "signs": material.signs(),
        "form": forms.sample(),
        "now": clock.now(),
        "minutes": timedelta(minutes=12),
        "steps": [_("Herkunft"), _("Zuordnen"), _("Probelauf")],
        "merged": Toast(
            _("Hans Mayer ist mit Dr. Johannes Maier zusammengeführt."), "yes", "/styleguide/"
        ),
        "offline": Toast(
            _("Nicht gesichert: keine Verbindung. Ihr Text steht noch im Feld."), "no"
        ),
        "near": Toast(_("Die Lizenz dieser Quelle endet in drei Tagen."), "check"),
    }
    return responses.render(request, "styleguide/styleguide.html", context)
