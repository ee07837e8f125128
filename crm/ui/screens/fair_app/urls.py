"""Addresses of the app for the stand; all lie under the scope of its worker."""

from django.urls import path

from crm.ui.screens.fair_app import views

urlpatterns = [
    path("messe/", views.page, name="fair-app"),
    path("messe/sw.js", views.worker, name="fair-app-worker"),
    path("messe/manifest.webmanifest", views.manifest, name="fair-app-manifest"),
    path("messe/sitzung/", views.session, name="fair-app-session"),
]
