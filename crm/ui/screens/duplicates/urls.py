"""Addresses of duplicates."""

from django.urls import path

from crm.ui.screens.duplicates.views import bulk, decisions, model, review, runs, settling, suspects

_KIND = "<records:kind>"

urlpatterns = [
    path("dubletten/", suspects.duplicate_list, name="duplicate-list"),
    path("dubletten/entscheidungen/", decisions.decision_list, name="decision-list"),
    path(
        "dubletten/entscheidungen/<uuid:public_id>/zuruecknehmen/",
        decisions.decision_withdraw,
        name="decision-withdraw",
    ),
    path(
        "dubletten/entscheidungen/<uuid:public_id>/rueckgaengig/",
        settling.decision_undo,
        name="decision-undo",
    ),
    path(
        "dubletten/zusammengefuehrt/<uuid:public_id>/rueckgaengig/",
        settling.settling_undo,
        name="settling-undo",
    ),
    path("dubletten/laeufe/", runs.run_list, name="matching-run-list"),
    path("dubletten/laeufe/<uuid:public_id>/", runs.run_detail, name="matching-run"),
    path("dubletten/laeufe/<uuid:public_id>/anhalten/", runs.run_cancel, name="matching-cancel"),
    path("dubletten/modell/", model.model, name="matching-model"),
    path(f"dubletten/modell/{_KIND}/", model.model, name="matching-model-of"),
    path(f"dubletten/{_KIND}/", suspects.duplicate_list, name="duplicate-list-of"),
    path(f"dubletten/{_KIND}/<int:number>/", review.duplicate_group, name="duplicate-group"),
    path(f"dubletten/{_KIND}/vergleichen/", review.duplicate_compare, name="duplicate-compare"),
    path(f"dubletten/{_KIND}/zusammenfuehren/", settling.duplicate_merge, name="duplicate-merge"),
    path(f"dubletten/{_KIND}/auf-einmal/", bulk.duplicate_bulk, name="duplicate-bulk"),
    path(f"dubletten/{_KIND}/verschieden/", settling.duplicate_apart, name="duplicate-apart"),
    path(
        f"dubletten/{_KIND}/<int:number>/spaeter/",
        settling.duplicate_later,
        name="duplicate-later",
    ),
    path(
        f"dubletten/{_KIND}/zu/<uuid:public_id>/",
        suspects.duplicate_record,
        name="duplicate-record",
    ),
    path(
        f"dubletten/{_KIND}/<uuid:first>/<uuid:second>/",
        decisions.duplicate_decide,
        name="duplicate-decide",
    ),
]
