"""Addresses of merges."""

from django.urls import path

from crm.ui.screens.merging import automation, counterparts, merges, undoing

_MERGED = "dubletten/zusammengefuehrt/"

urlpatterns = [
    path(_MERGED, merges.merge_list, name="merge-list"),
    path(f"{_MERGED}<uuid:public_id>/", undoing.merge_undo, name="merge-undo"),
    path(f"{_MERGED}<uuid:public_id>/nochmals/", undoing.merge_redo, name="merge-redo"),
    path(f"{_MERGED}tag/<str:day>/", undoing.merge_day_undo, name="merge-day-undo"),
    path(
        "<records:kind>/<uuid:public_id>/zusammenfuehren/",
        counterparts.record_merge,
        name="record-merge",
    ),
    path("dubletten/automatisch/", automation.automation, name="merge-automation"),
]
