"""Addresses before and after the log-in."""

from django.urls import path

from crm.ui.screens.login import views

urlpatterns = [
    path("anmelden/", views.login, name="login"),
    path("abmelden/", views.LogoutView.as_view(), name="logout"),
    path("sprache/", views.set_language, name="set-language"),
    path("passwort/vergessen/", views.ForgottenView.as_view(), name="password-forgotten"),
    path("passwort/gesendet/", views.SentView.as_view(), name="password-sent"),
    path("passwort/<uidb64>/<token>/", views.NewPasswordView.as_view(), name="password-new"),
]
