"""The board."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import responses
from crm.ui.access import Request, permitted
from history.models import Opportunity, Pipeline
from history.opportunities import board, pipelines
from history.opportunities.narrowing import OWN, TEAM, Narrowing

TEMPLATE = "opportunities/board.html"


@require_GET
@permitted(Permission.OPPORTUNITIES_VIEW)
def deal_board(request: Request) -> HttpResponse:
    """A column for each stage of a pipeline."""
    return responses.render(request, TEMPLATE, context_of(request, request.GET), fragment="board")


def context_of(request: Request, query: Any, *, moved: Opportunity | None = None) -> dict[str, Any]:
    """What the board needs; ``moved`` is the card that was moved just now."""
    narrowing = Narrowing.read(query)
    known = pipelines.in_use()
    pipeline = _chosen(known, narrowing.pipeline)
    shown = board.read(user=request.user, pipeline=pipeline, narrowing=narrowing, at=clock.now())
    return {
        "board": shown,
        "columns": [
            (column, narrowing.encode(pipeline=0, stage=column.stage.pk))
            for column in shown.columns
        ],
        "pipelines": _pipelines(known, pipeline, narrowing),
        "narrowing": narrowing,
        "chips": _chips(shown, narrowing),
        "list_query": Narrowing(whose=narrowing.whose, is_forgotten=narrowing.is_forgotten),
        "moved": moved,
        "may_edit": bool(policy.may(request.user, Permission.OPPORTUNITIES_EDIT)),
    }


def _chosen(known: list[Pipeline], wanted: int) -> Pipeline:
    for pipeline in known:
        if pipeline.pk == wanted:
            return pipeline
    if not known:
        raise errors.Conflict(
            _("Es gibt keine Pipeline in Gebrauch. Bitten Sie Ihre Teamleitung, eine anzulegen.")
        )
    return known[0]


def _pipelines(
    known: list[Pipeline], shown: Pipeline, narrowing: Narrowing
) -> list[dict[str, Any]]:
    """The pipelines to choose from; none if there is only one."""
    return [
        {"label": each.name, "is_on": each == shown,
         "href": "?" + narrowing.encode(pipeline=each.pk)}
        for each in known if len(known) > 1
    ]  # fmt: skip


def _chips(shown: board.Board, narrowing: Narrowing) -> list[dict[str, Any]]:
    """Filters with how many they leave; pressing one that is on takes it back."""
    chosen = (
        (_("Meine"), shown.own, narrowing.whose == OWN, {"whose": OWN}, {"whose": ""}),
        (_("Mein Team"), shown.team, narrowing.whose == TEAM, {"whose": TEAM}, {"whose": ""}),
        (_("ohne nächsten Schritt"), shown.forgotten, narrowing.is_forgotten,
         {"is_forgotten": True}, {"is_forgotten": False}),
    )  # fmt: skip
    return [
        {"label": label, "count": count, "is_on": is_on,
         "href": "?" + narrowing.encode(**(off if is_on else on))}
        for label, count, is_on, on, off in chosen
    ]  # fmt: skip
