"""The address of the global search."""

from django.urls import path

from crm.ui.screens.search import views

urlpatterns = [path("suche/", views.search, name="search")]
