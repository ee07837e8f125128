"""Addresses of the own account."""

from django.urls import path

from crm.ui.screens.account import views

urlpatterns = [
    path("konto/", views.account, name="account"),
    path("konto/name/", views.save_name, name="account-name"),
    path("konto/einstellungen/", views.save_preferences, name="account-preferences"),
    path("konto/darstellung/", views.save_theme, name="account-theme"),
    path("konto/passwort/", views.save_password, name="account-password"),
    path("tasten/", views.key_map, name="keys"),
]
