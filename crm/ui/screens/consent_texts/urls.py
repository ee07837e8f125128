"""Addresses of the administration of consent texts."""

from django.urls import path

from crm.ui.screens.consent_texts import sign_ups, views

_ONE = "verwaltung/einwilligungstexte/<uuid:public_id>"

urlpatterns = [
    path("verwaltung/einwilligungstexte/", views.text_list, name="consent-text-list"),
    path("verwaltung/einwilligungstexte/neu/", views.text_new, name="consent-text-new"),
    path("verwaltung/einwilligungstexte/vorlagen/", views.start, name="consent-text-start"),
    path("verwaltung/einwilligungstexte/anmeldungen/", sign_ups.sign_up_list, name="sign-up-list"),
    path(f"{_ONE}/", views.text_detail, name="consent-text"),
    path(f"{_ONE}/neu/", views.text_next, name="consent-text-next"),
    path(f"{_ONE}/veroeffentlichen/", views.publish, name="consent-text-publish"),
    path(f"{_ONE}/zurueckziehen/", views.retire, name="consent-text-retire"),
    path(f"{_ONE}/formular/", sign_ups.switch, name="consent-text-form"),
]
