"""Addresses of the calendar."""

from django.urls import path

from crm.ui.screens.calendar import feed, views

urlpatterns = [
    path("kalender/", views.calendar, name="calendar"),
    path("kalender/abonnement/", feed.settings, name="calendar-feed"),
    path("kalender/abonnement/neu/", feed.subscribe, name="calendar-feed-new"),
    path("kalender/abonnement/beenden/", feed.revoke, name="calendar-feed-revoke"),
    path("kalender/abonnement/<str:secret>.ics", feed.file, name="calendar-feed-file"),
]
