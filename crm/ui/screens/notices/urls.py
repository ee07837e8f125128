"""Addresses of the notices."""

from django.urls import path

from crm.ui.screens.notices import configuration, persons, public, views

_HOME = "verwaltung/hinweise"
_ONE = f"{_HOME}/fassung/<uuid:public_id>"
_RECIPIENT = f"{_HOME}/empfaenger/<uuid:public_id>"

urlpatterns = [
    path("hinweise/fassung/<uuid:public_id>/", public.version, name="notice-version"),
    path("hinweise/fassung/<uuid:public_id>/pdf/", public.pdf, name="notice-pdf"),
    path("hinweise/<slug:purpose>/", public.notice, name="notice"),
    path("hinweise/<slug:purpose>/<uuid:controller>/", public.notice, name="notice-of"),
    path(f"{_HOME}/", views.notice_list, name="notice-list"),
    path(f"{_HOME}/vorlagen/", views.start, name="notice-start"),
    path(f"{_HOME}/verantwortlicher/", configuration.controller, name="notice-controller"),
    path(f"{_HOME}/empfaenger/neu/", configuration.recipient_new, name="notice-recipient-new"),
    path(f"{_RECIPIENT}/", configuration.recipient, name="notice-recipient"),
    path(f"{_RECIPIENT}/ende/", configuration.recipient_drop, name="notice-recipient-drop"),
    path(f"{_HOME}/zweck/<slug:code>/", configuration.purpose, name="notice-purpose"),
    path(f"{_HOME}/zweck/<slug:code>/entwurf/", views.draft, name="notice-draft"),
    path(f"{_ONE}/", views.version, name="notice-edit"),
    path(f"{_ONE}/veroeffentlichen/", views.publish, name="notice-publish"),
    path(f"{_ONE}/<slug:language>/<slug:code>/", views.item, name="notice-item"),
    path("ansprechpartner/<uuid:public_id>/hinweise/", persons.person, name="person-notices"),
    path("datenschutz/hinweise/", persons.left, name="notices-left"),
]
