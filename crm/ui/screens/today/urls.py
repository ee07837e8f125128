"""Addresses of the day."""

from django.urls import path
from django.views.generic import RedirectView

from crm.ui.screens.today import views

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="today"), name="root"),
    path("heute/", views.today, name="today"),
]
