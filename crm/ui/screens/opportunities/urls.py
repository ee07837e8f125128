"""Addresses of opportunities."""

from django.urls import path

from crm.ui.screens.opportunities.views import (
    board,
    dossier,
    editing,
    listing,
    moving,
    page,
    people,
    rivals,
    settings,
)

DEAL = "verkauf/<uuid:public_id>/"
KEPT = "verwaltung/verkauf/"

urlpatterns = [
    path("verkauf/", board.deal_board, name="deal-board"),
    path("verkauf/liste/", listing.deal_list, name="deal-list"),
    path("verkauf/liste/ausleiten/", listing.deal_export, name="deal-export"),
    path("verkauf/neu/", editing.deal_new, name="deal-new"),
    path("verkauf/personen/", people.person_choices, name="deal-person-choices"),
    path(DEAL, page.deal_page, name="deal"),
    path(f"{DEAL}kopf/", editing.head, name="deal-head"),
    path(f"{DEAL}bedarf/", editing.need, name="deal-need"),
    path(f"{DEAL}zustaendig/", editing.keeper, name="deal-keeper"),
    path(f"{DEAL}stufe/", moving.move, name="deal-move"),
    path(f"{DEAL}oeffnen/", moving.reopen, name="deal-reopen"),
    path(f"{DEAL}beteiligte/neu/", people.stakeholder_new, name="stakeholder-new"),
    path(f"{DEAL}beteiligte/<int:pk>/", people.stakeholder, name="stakeholder"),
    path(f"{DEAL}beteiligte/<int:pk>/weg/", people.stakeholder_away, name="stakeholder-away"),
    path(f"{DEAL}wettbewerb/neu/", rivals.competitor_new, name="competitor-new"),
    path(f"{DEAL}wettbewerb/<int:pk>/", rivals.competitor, name="competitor"),
    path(f"{DEAL}wettbewerb/<int:pk>/weg/", rivals.competitor_away, name="competitor-away"),
    path(f"{DEAL}dossier/", dossier.dossier_page, name="deal-dossier"),
    path(f"{DEAL}dossier.pdf", dossier.dossier_pdf, name="deal-dossier-pdf"),
    path(KEPT, settings.pipeline_list, name="pipeline-list"),
    path(f"{KEPT}neu/", settings.pipeline_new, name="pipeline-new"),
    path(f"{KEPT}<int:pk>/", settings.pipeline_edit, name="pipeline-edit"),
    path(f"{KEPT}<int:pk>/stufen/neu/", settings.stage_new, name="stage-new"),
    path(f"{KEPT}stufen/<int:pk>/", settings.stage_edit, name="stage-edit"),
    path(f"{KEPT}stufen/<int:pk>/weg/", settings.stage_away, name="stage-away"),
    path(f"{KEPT}gruende/neu/", settings.reason_new, name="reason-new"),
    path(f"{KEPT}gruende/<int:pk>/", settings.reason_edit, name="reason-edit"),
]
