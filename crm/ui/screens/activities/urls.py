"""Addresses of the activities."""

from django.urls import path

from crm.ui.screens.activities import acts, lists, plans, pots, teams

ONE = "aktivitaeten/<uuid:public_id>"

urlpatterns = [
    path("aktivitaeten/", lists.activity_list, name="activity-list"),
    path("aktivitaeten/neu/", plans.activity_new, name="activity-new"),
    path("aktivitaeten/ohne-naechsten-schritt/", pots.pot, name="activity-pot"),
    path("aktivitaeten/team/", teams.team, name="activity-team"),
    path("aktivitaeten/vertretung/", teams.substitute, name="activity-substitute"),
    path(f"{ONE}/", plans.activity_edit, name="activity-edit"),
    path(f"{ONE}/erledigt/", acts.complete, name="activity-complete"),
    path(f"{ONE}/wieder-oeffnen/", acts.reopen, name="activity-reopen"),
    path(f"{ONE}/verschieben/", acts.postpone, name="activity-postpone"),
    path(f"{ONE}/absagen/", acts.cancel, name="activity-cancel"),
]
