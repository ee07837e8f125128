"""Addresses of lines and contacts."""

from django.urls import path

from crm.ui.screens.line import views

urlpatterns = [
    path("verlauf/<lines:kind>/<uuid:public_id>/", views.line, name="line"),
    path("verlauf/<lines:kind>/<uuid:public_id>/neu/", views.record, name="line-record"),
    path(
        "verlauf/<lines:kind>/<uuid:public_id>/anheften/<uuid:contact_id>/",
        views.pin,
        name="line-pin",
    ),
    path("kontakte/<uuid:public_id>/", views.contact, name="contact"),
    path("kontakte/<uuid:public_id>/berichtigen/", views.correct, name="contact-correct"),
    path("dateien/<uuid:public_id>/", views.file, name="contact-file"),
]
