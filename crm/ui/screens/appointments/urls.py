"""Addresses of appointments."""

from django.urls import path

from crm.ui.screens.appointments import public_page

urlpatterns = [
    path("mein-termin/<str:signed>/", public_page.appointment, name="appointment-public"),
]
