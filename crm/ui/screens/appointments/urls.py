"""Addresses of appointments."""

from django.urls import path

from crm.ui.screens.appointments import call, detail, hours, kinds, public_page

urlpatterns = [
    path("termin/", call.call, name="appointment-call"),
    path("termin/wer/", call.suspects, name="appointment-suspects"),
    path("termine/<uuid:public_id>/", detail.detail, name="appointment"),
    path("termine/<uuid:public_id>/verschieben/", detail.move, name="appointment-move"),
    path("termine/<uuid:public_id>/absagen/", detail.cancel, name="appointment-cancel"),
    path("termine/<uuid:public_id>/brief/", detail.posted, name="appointment-posted"),
    path("termine/arbeitszeit/", hours.week, name="working-week"),
    path("termine/arbeitszeit/abwesend/", hours.absence_new, name="absence-new"),
    path(
        "termine/abwesend/<uuid:absence_id>/entfernen/", hours.absence_away, name="absence-remove"
    ),
    path("termine/arbeitszeit/<uuid:public_id>/", hours.week, name="working-week-of"),
    path(
        "termine/arbeitszeit/<uuid:public_id>/abwesend/", hours.absence_new, name="absence-new-of"
    ),
    path("verwaltung/termine/", kinds.kind_list, name="appointment-kinds"),
    path("verwaltung/termine/<uuid:public_id>/", kinds.kind_edit, name="appointment-kind"),
    path("mein-termin/<str:signed>/", public_page.appointment, name="appointment-public"),
]
