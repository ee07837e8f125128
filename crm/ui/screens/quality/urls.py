"""Addresses of the quality screen."""

from django.urls import path

from crm.ui.screens.quality import settled, views

urlpatterns = [
    path("qualitaet/", views.quality, name="quality"),
    path("qualitaet/erledigt/", settled.quality_settled, name="quality-settled"),
]
