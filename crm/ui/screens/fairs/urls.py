"""Addresses of trade fairs and their leads."""

from django.urls import path

from crm.ui.screens.fairs.views import (
    deciding,
    devices,
    files,
    lead,
    listing,
    numbers,
    questions,
    setting_up,
    slip,
)

FAIR = "messen/<uuid:public_id>/"
ASKED = f"{FAIR}fragen/"
LEAD = "messen/leads/<uuid:public_id>/"

urlpatterns = [
    path("messen/", listing.event_list, name="event-list"),
    path("messen/neu/", setting_up.event_new, name="event-new"),
    path(FAIR, listing.event, name="event"),
    path(f"{FAIR}ausleiten/", listing.lead_export, name="lead-export"),
    path(f"{FAIR}zahlen/", numbers.event_figures, name="event-figures"),
    path(f"{FAIR}geraete/", devices.event_devices, name="event-devices"),
    path(f"{FAIR}bearbeiten/", setting_up.event_edit, name="event-edit"),
    path(f"{FAIR}schliessen/", setting_up.event_close, name="event-close"),
    path(f"{FAIR}oeffnen/", setting_up.event_reopen, name="event-reopen"),
    path(f"{FAIR}entfernen/", setting_up.event_remove, name="event-remove"),
    path(ASKED, questions.question_list, name="question-list"),
    path(f"{ASKED}neu/", questions.question_new, name="question-new"),
    path(f"{ASKED}<int:place>/", questions.question_edit, name="question-edit"),
    path(f"{ASKED}<int:place>/hoch/", questions.question_up, name="question-up"),
    path(f"{ASKED}<int:place>/weg/", questions.question_away, name="question-away"),
    path(LEAD, lead.lead_page, name="lead"),
    path(f"{LEAD}weiter/", lead.lead_next, name="lead-next"),
    path(f"{LEAD}bearbeiten/", slip.lead_edit, name="lead-edit"),
    path(f"{LEAD}vorschlag/", slip.lead_proposal, name="lead-proposal"),
    path(f"{LEAD}uebernehmen/", deciding.lead_take_over, name="lead-take-over"),
    path(f"{LEAD}ohne/", deciding.lead_drop, name="lead-drop"),
    path(f"{LEAD}doch/", deciding.lead_take_up, name="lead-take-up"),
    path(f"{LEAD}dazu/", deciding.lead_join, name="lead-join"),
    path(f"{LEAD}datei/<uuid:file_id>/", files.lead_file, name="lead-file"),
]
