"""Addresses of reports."""

from django.urls import path

from crm.ui.screens.reports import views

urlpatterns = [
    path("auswertung/", views.report_home, name="report-home"),
    path("auswertung/<slug:slug>/", views.report, name="report"),
    path("auswertung/<slug:slug>/datei/", views.report_export, name="report-export"),
]
