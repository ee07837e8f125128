"""The check at entry: while a form is filled in, who looks like that. Nothing is written by it,
except that two saved records are not the same."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.contact_points import Record
from contacts.duplicates import decisions
from contacts.matching.signatures import Facts
from contacts.models import Company, MatchingKind, PairDecision, Person
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.records import lookalikes, subject, typed_fields
from crm.ui.screens.records.lookalikes import Panel
from crm.ui.screens.records.typed_fields import Fields

ACTS: Final = frozenset({"pruefen", "anders", "doch"})
PART: Final = {
    "stammdaten": lambda fields, record, pk: typed_fields.identity(fields, record),
    "weg": lambda fields, record, pk: typed_fields.point(fields, record, pk=pk),
    "anschrift": lambda fields, record, pk: typed_fields.place(fields, record, pk=pk),
}


@require_POST
@permitted(Permission.CONTACTS_EDIT)
def person_suspects(request: Request) -> HttpResponse:
    """Who looks like the person in the quick add."""
    return _fresh(request, of_new(request, Person, request.POST), is_new=True)


@require_POST
@permitted(Permission.CONTACTS_EDIT)
def company_suspects(request: Request) -> HttpResponse:
    """What looks like the company in the quick add."""
    return _fresh(request, of_new(request, Company, request.POST), is_new=True)


@require_POST
def record_suspects(request: Request, kind: str, public_id: UUID, part: str) -> HttpResponse:
    """Who looks like the record as it is being edited; ``part`` says which form is open.

    With ``anders`` in the body that one is somebody else, for good.
    """
    record = subject.editable(request, kind, public_id)
    if part not in PART:
        raise errors.NotFound(part=part)
    if "anders" in request.POST:
        _tell_apart(request, kind, record)
    pk = request.GET.get("pk", "")
    number = int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 19 else 0
    facts: Facts = PART[part](request.POST, record, number)
    shown = lookalikes.panel(
        user=request.user,
        kind=_kind(type(record)),
        facts=facts,
        place=f"{part}-{number}",
        shown=request.POST.get("gesehen", ""),
    )
    return _fresh(request, shown, is_new=False)


def of_new(request: Request, model: type[Record], fields: Fields) -> Panel:
    """The panel of a quick add with these fields."""
    facts = (
        typed_fields.new_person(fields, user=request.user)
        if model is Person
        else typed_fields.new_company(fields)
    )
    return lookalikes.panel(
        user=request.user,
        kind=_kind(model),
        facts=facts,
        place="neu",
        apart=apart(request, model),
        shown=request.POST.get("gesehen", ""),
    )


def is_asked(request: Request) -> bool:
    """Whether a button of the panel was pressed: the form is not to be saved yet."""
    return not ACTS.isdisjoint(request.POST)


def apart(request: Request, model: Any) -> list[Any]:
    """Those of whom it was said (``apart``), or is being said (``anders``), that they are
    somebody else, without whom that is taken back of (``doch``)."""
    said = [*request.POST.getlist("apart"), *request.POST.getlist("anders")]
    wanted = typed_fields.public_ids(sorted(set(said) - set(request.POST.getlist("doch"))))
    seen = model.objects.visible_to(request.user)
    return list(seen.filter(public_id__in=wanted)) if wanted else []


def _tell_apart(request: Request, kind: str, record: Record) -> None:
    wanted = typed_fields.public_ids([request.POST["anders"]])
    if not wanted:
        raise errors.NotFound
    other = subject.editable(request, kind, wanted[0])
    decision = decisions.decide(
        actor=request.user,
        first=record,
        second=other,
        verdict=PairDecision.Verdict.DIFFERENT,
        at=clock.now(),
    )
    undo = reverse("decision-withdraw", args=[decision.public_id])
    back = urlencode({"zurueck": subject.url_of(record)})
    text = _("„%(first)s“ und „%(second)s“ sind verschieden.")
    names = {"first": record.full_name, "second": other.full_name}
    toasts.show(request, text % names, undo_url=f"{undo}?{back}")


def _kind(model: type[Record]) -> str:
    return MatchingKind.PERSON if model is Person else MatchingKind.COMPANY


def _fresh(request: Request, panel: Panel, *, is_new: bool) -> HttpResponse:
    """The panel's content; nothing (204) if the browser shows just that."""
    if panel.marker == request.POST.get("gesehen"):
        return HttpResponse(status=204)
    context = {
        "panel": panel,
        "is_new": is_new,
        "check_url": request.get_full_path(),
        "acted": is_asked(request),
    }
    return responses.render(request, "records/lookalikes.html", context)
