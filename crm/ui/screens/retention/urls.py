"""Addresses of retention."""

from django.urls import path

from crm.ui.screens.retention import views

urlpatterns = [
    path("datenschutz/aufbewahrung/", views.schedule, name="retention"),
    path("datenschutz/aufbewahrung/probe/", views.preview, name="retention-preview"),
    path("datenschutz/aufbewahrung/verzeichnis/", views.processing_record, name="retention-record"),
    path("datenschutz/aufbewahrung/<slug:rule>/", views.period, name="retention-period"),
]
