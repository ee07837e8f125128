"""Addresses of the quality screen."""

from django.urls import path

from crm.ui.screens.quality import views

urlpatterns = [path("qualitaet/", views.quality, name="quality")]
