"""Addresses of the administration of sources."""

from django.urls import path

from crm.ui.screens.sources import views

urlpatterns = [
    path("verwaltung/quellen/", views.source_list, name="source-list"),
    path("verwaltung/quellen/neu/", views.source_new, name="source-new"),
    path("verwaltung/quellen/<uuid:public_id>/", views.source_edit, name="source-edit"),
    path(
        "verwaltung/quellen/<uuid:public_id>/gebrauch/",
        views.source_activity,
        name="source-activity",
    ),
]
