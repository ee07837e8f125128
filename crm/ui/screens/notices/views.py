"""Versions of notices: the list, drafts with preview and seconds, publishing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consent import controllers
from consent.models import NoticeItem, NoticeStatus, NoticeVersion
from consent.notices import configuring, gaps, overview, scripts, starters, versions
from consent.notices.rules import items
from consent.notices.rules.facts import LANGUAGES
from consent.notices.rules.spoken import Length
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.notices import names
from crm.ui.screens.notices.forms import ItemForm

LIGHTS = {Length.FINE: "yes", Length.LONG: "check", Length.TOO_LONG: "no"}
KINDS = {NoticeStatus.PUBLISHED: "yes", NoticeStatus.DRAFT: "check", NoticeStatus.RETIRED: "line"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One item as it is shown in the editor."""

    row: NoticeItem
    letter: str
    title: str
    text: str
    said: str
    reason: str
    gap: str

    @property
    def slug(self) -> str:
        """The item as it stands in an address."""
        return self.row.item.replace(".", "-")


@require_GET
@permitted(Permission.CONSENT_MANAGE)
def notice_list(request: Request) -> HttpResponse:
    """Each purpose with what is in force, and who gets data."""
    controller = controllers.default()
    lines = [
        {
            "line": line,
            "title": names.purpose(line.purpose),
            "drift": ", ".join(names.item(item) for item in line.drift),
            "light": LIGHTS[line.script.length] if line.script else "",
        }
        for line in overview.lines(controller=controller)
    ]
    recipients = [
        {"recipient": each, "purposes": ", ".join(map(names.purpose, each.purposes))}
        for each in configuring.recipients_of(controller)
    ]
    context = {"controller": controller, "lines": lines, "recipients": recipients}
    return responses.render(request, "notices/list.html", context)


@require_POST
@permitted(Permission.CONSENT_MANAGE)
def start(request: Request) -> HttpResponse:
    """Set up the purposes that Einklang brings along, each with a draft."""
    at, controller = clock.now(), controllers.default()
    starters.create(actor=request.user, controller=controller, at=at)
    made = starters.draft_all(actor=request.user, controller=controller, at=at)
    text = _("%(n)s Entwürfe sind da. Bitte prüfen und veröffentlichen.")
    toasts.show(request, text % {"n": len(made)})
    return responses.redirect(request, "notice-list")


@require_POST
@permitted(Permission.CONSENT_MANAGE)
def draft(request: Request, code: str) -> HttpResponse:
    """Generate the next version from the configuration."""
    made = versions.draft(
        actor=request.user, controller=controllers.default(), purpose=code, at=clock.now()
    )
    toasts.show(request, _("Der Entwurf ist erzeugt."))
    return responses.redirect(request, "notice-edit", made.public_id)


@require_GET
@permitted(Permission.CONSENT_MANAGE)
def version(request: Request, public_id: UUID) -> HttpResponse:
    """A version in one language: what it lacks, what is read out, the full text."""
    return _page(request, _version(public_id))


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONSENT_MANAGE)
def item(request: Request, public_id: UUID, language: str, code: str) -> HttpResponse:
    """Change the words of one item of a draft."""
    found = _version(public_id)
    row = found.items.filter(item=code.replace("-", ".")).first()
    if row is None or not row.is_applicable or language not in LANGUAGES:
        raise errors.NotFound(item=code)
    initial = {"text": row.texts.get(language, ""), "said": row.spoken.get(language, "")}
    form = ItemForm(_posted(request), initial=initial)
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda data: versions.reword(
                actor=request.user,
                version=found,
                item=row.item,
                language=language,
                at=clock.now(),
                **data,
            ),
        )
        if saved:
            toasts.show(request, _("Der Wortlaut ist gesichert."))
            response = responses.redirect(request, "notice-edit", found.public_id)
            return _in_language(response, language)
    context = {
        "form": form,
        "version": found,
        "title": names.item(row.item),
        "letter": gaps.letter(row.item),
        "language": names.LANGUAGES[language],
        "code": language,
        "purpose": names.purpose(found.purpose),
    }
    return responses.render(
        request, "notices/item.html", context, fragment="form", status=forms.status_of(form)
    )


@require_POST
@permitted(Permission.CONSENT_MANAGE)
def publish(request: Request, public_id: UUID) -> HttpResponse:
    """Put a draft in force; what speaks against it is told instead."""
    found = _version(public_id)
    try:
        versions.publish(actor=request.user, version=found, at=clock.now())
    except errors.Invalid as refusal:
        sentences = [each for texts in refusal.errors.values() for each in texts]
        return _page(request, found, refused=sentences)
    said = _("„%(purpose)s“, Fassung %(number)s, gilt jetzt.")
    values = {"purpose": names.purpose(found.purpose), "number": found.number}
    toasts.show(request, said % values)
    return responses.redirect(request, "notice-list")


def _page(
    request: Request, found: NoticeVersion, *, refused: list[str] | None = None
) -> HttpResponse:
    wanted = request.GET.get("sprache", "de")
    language = wanted if wanted in LANGUAGES else "de"
    lacking = dict(versions.missing(found)) if found.status == NoticeStatus.DRAFT else {}
    script = scripts.longest(found, language)
    pieces = [_piece(row, language, lacking) for row in _rows(found)]
    context = {
        "version": found,
        "purpose": names.purpose(found.purpose),
        "kind": KINDS[NoticeStatus(found.status)],
        "language": language,
        "languages": names.LANGUAGES.items(),
        "script": script,
        "light": LIGHTS[script.length],
        "seconds": round(script.estimate.seconds),
        "told": [each for each in pieces if each.row.is_applicable or each.gap],
        "untold": [each for each in pieces if not each.row.is_applicable and not each.gap],
        "missing": [gaps.sentence(code, gap) for code, gap in lacking.items()],
        "refused": refused,
        "is_draft": found.status == NoticeStatus.DRAFT,
    }
    status = 422 if refused else 200
    return responses.render(request, "notices/version.html", context, status=status)


def _rows(found: NoticeVersion) -> list[NoticeItem]:
    rows = {row.item: row for row in found.items.all()}
    return [rows[each] for each in items.ordered(rows)]


def _piece(row: NoticeItem, language: str, lacking: dict[str, str]) -> Piece:
    return Piece(
        row=row,
        letter=gaps.letter(row.item),
        title=names.item(row.item),
        text=row.texts.get(language, ""),
        said=row.spoken.get(language, ""),
        reason=names.reason(row.reason) if row.reason else "",
        gap=gaps.problem(lacking[row.item]) if row.item in lacking else "",
    )


def _version(public_id: UUID) -> NoticeVersion:
    rows = NoticeVersion.objects.select_related("controller").prefetch_related("items")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found


def _in_language(response: HttpResponse, language: str) -> HttpResponse:
    for header in ("Location", "HX-Redirect"):
        if header in response.headers:
            response.headers[header] += f"?sprache={language}"
    return response


def _posted(request: Request) -> Any:
    """What was sent, also if it is nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
