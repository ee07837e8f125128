"""Consents and opt-outs from a file: looked through first, read in when the report is right."""

import hashlib
from typing import Any, NamedTuple

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consent import controllers, importing
from consent.importing import Contents, Remark, Report
from consent.models import Controller
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms as refusals
from crm.ui import responses
from crm.ui.access import Request, permitted

MOST_ROWS = 5000
"""More take longer than somebody wants to wait before a page; the command takes them."""
SHOWN_REMARKS = 500
COLUMNS = {
    "value": ("Kontakt", gettext_lazy("E-Mail-Adresse oder Nummer")),
    "channels": (
        "Kanal", gettext_lazy("email, phone, sms …; mehrere mit Komma, bei Widersprüchen auch *"),
    ),
    "purposes": ("Zweck", gettext_lazy("newsletter, product_offer …; mehrere mit Komma")),
    "granted_at": ("Erteilt am", gettext_lazy("Tag und Uhrzeit, z. B. 17.03.2026 10:12")),
    "method": (
        "Art", gettext_lazy("auf welchem Weg: web_form, paper, oral_inbound, oral_outbound, fair"),
    ),
    "source": ("Quelle", gettext_lazy("aus welchem System oder von welcher Liste")),
    "text": (
        "Text", gettext_lazy("welchem Text zugestimmt wurde: Kürzel/Fassung oder dessen SHA-256"),
    ),
    "evidence": ("Nachweis", gettext_lazy("Name der Datei, oder wo das Papier liegt")),
    "opted_out_at": (
        "Widerspruch", gettext_lazy("Tag des Widerspruchs, oder ja: Dann wird gesperrt"),
    ),
}  # fmt: skip
"""A heading for each column that a file may have, and what stands below it."""


class Column(NamedTuple):
    """A column that a file may have."""

    heading: str
    meaning: str
    is_needed: bool


class Told(NamedTuple):
    """A remark about a row, with the heading of its column."""

    remark: Remark
    heading: str


class ImportForm(forms.Form):
    """A file, what it tells and its proof; ``checked`` is the hash of the file that was looked
    through, without which nothing is read in."""

    contents = forms.ChoiceField(
        label=gettext_lazy("Was die Datei enthält"),
        choices=Contents.choices,
        initial=Contents.CONSENTS,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=gettext_lazy("Datei"),
        help_text=gettext_lazy(
            "CSV mit Überschriften; eine Robinsonliste hat einen Wert je Zeile. Höchstens 5.000 "
            "Zeilen mit Einwilligungen; mehr liest der Befehl import_consents."
        ),
        error_messages={"required": gettext_lazy("Bitte wählen Sie eine Datei.")},
    )
    evidence = refusals.Files(
        label=gettext_lazy("Nachweise"),
        required=False,
        help_text=gettext_lazy(
            "Die Scans, Aufnahmen und Mails, die in der Spalte Nachweis stehen: einzeln "
            "ausgewählt oder als ein ZIP-Archiv."
        ),
    )
    controller = forms.ModelChoiceField(
        label=gettext_lazy("Für wen"),
        queryset=Controller.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )
    checked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["controller"]
        chosen.queryset = controllers.active()
        chosen.initial = controllers.default().public_id


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONSENT_MANAGE)
def consent_import(request: Request) -> HttpResponse:
    """Look a file through, or read it in as it was looked through; HTMX gets the report alone, so
    that the chosen files stay chosen."""
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    report, digest = None, ""
    if is_sent and form.is_valid():
        content = form.cleaned_data["file"].read()
        digest = hashlib.sha256(content).hexdigest()
        report = refusals.carry_out(form, lambda data: _read(request, data, content, digest))
    context = {
        "form": form,
        "report": report,
        "digest": digest,
        "told": _told(report),
        "unshown": max(0, len(report.remarks) - SHOWN_REMARKS) if report else 0,
        "columns": _columns(),
    }
    return responses.render(
        request,
        "privacy/import.html",
        context,
        fragment="result",
        status=refusals.status_of(form),
    )


def _columns() -> list[Column]:
    return [
        Column(heading, str(meaning), name in importing.NEEDED)
        for name, (heading, meaning) in COLUMNS.items()
    ]


def _told(report: Report | None) -> list[Told]:
    remarks = report.remarks[:SHOWN_REMARKS] if report else []
    return [
        Told(each, COLUMNS[each.column][0] if each.column in COLUMNS else "") for each in remarks
    ]


def _read(request: Request, data: dict[str, Any], content: bytes, digest: str) -> Report:
    is_wanted = request.POST.get("step") == "import"
    if is_wanted and data["checked"] != digest:
        raise errors.Invalid(
            {
                "file": [
                    _("Das ist eine andere Datei als die geprüfte. Bitte prüfen Sie sie zuerst.")
                ]
            }
        )
    known: dict[str, Any] = {
        "actor": request.user,
        "content": content,
        "file_name": data["file"].name,
        "at": clock.now(),
        "is_dry_run": not is_wanted,
    }
    if data["contents"] == Contents.ROBINSON:
        return importing.import_robinson(**known)
    return importing.import_consents(
        controller=data["controller"],
        proofs=importing.proofs_of(data["evidence"]),
        most_rows=MOST_ROWS,
        **known,
    )
