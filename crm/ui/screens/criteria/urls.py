"""Addresses of the administration of criteria."""

from django.urls import path

from crm.ui.screens.criteria import views

urlpatterns = [
    path("verwaltung/kriterien/", views.criterion_list, name="criterion-list"),
    path("verwaltung/kriterien/neu/", views.criterion_new, name="criterion-new"),
    path("verwaltung/kriterien/k/<slug:code>/", views.criterion_edit, name="criterion-edit"),
    path(
        "verwaltung/kriterien/k/<slug:code>/gebrauch/",
        views.criterion_activity,
        name="criterion-activity",
    ),
]
