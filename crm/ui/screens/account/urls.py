"""Addresses of the own account."""

from django.urls import path

from crm.ui.screens.account import api_keys, views

urlpatterns = [
    path("konto/", views.account, name="account"),
    path("konto/name/", views.save_name, name="account-name"),
    path("konto/einstellungen/", views.save_preferences, name="account-preferences"),
    path("konto/darstellung/", views.save_theme, name="account-theme"),
    path("konto/passwort/", views.save_password, name="account-password"),
    path("konto/schluessel/", api_keys.create, name="api-key-new"),
    path("konto/schluessel/<uuid:public_id>/widerrufen/", api_keys.revoke, name="api-key-revoke"),
    path("tasten/", views.key_map, name="keys"),
]
