"""Addresses of the audit log."""

from django.urls import path

from crm.ui.screens.audit import views

urlpatterns = [
    path("verwaltung/protokoll/", views.show, name="audit-log"),
    path("verwaltung/protokoll/ausleiten/", views.export, name="audit-export"),
]
