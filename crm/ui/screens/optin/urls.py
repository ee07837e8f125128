"""Addresses of the public pages, and of the forms of colleagues."""

from django.urls import path

from crm.ui.screens.optin.views import capture, confirming, preferences, sign_up

urlpatterns = [
    path("eintragen/<slug:code>/", sign_up.sign_up, name="sign-up"),
    path("einwilligung/bestaetigen/<str:token>/", confirming.confirm, name="optin-confirm"),
    path("einwilligung/code/<uuid:ref>/", confirming.code, name="optin-code"),
    path("einstellungen/", preferences.ask, name="preferences-ask"),
    path("einstellungen/<str:signed>/", preferences.settings, name="preferences"),
    path("einstellungen/<str:signed>/abmelden/", preferences.unsubscribe, name="unsubscribe"),
    path(
        "ansprechpartner/<uuid:public_id>/einwilligung/<slug:way>/",
        capture.record,
        name="consent-record",
    ),
    path("ansprechpartner/<uuid:public_id>/widerruf/", capture.end, name="consent-end"),
]
