"""Addresses of the desk."""

from django.urls import path

from crm.ui.screens.privacy import handing_out, importing, views

urlpatterns = [
    path("datenschutz/", views.desk, name="privacy-desk"),
    path("datenschutz/feststellungen/<slug:kind>/", views.finding, name="privacy-finding"),
    path("datenschutz/stichprobe/", views.sample, name="privacy-sample"),
    path("datenschutz/pruefen/", views.verify, name="privacy-verify"),
    path("datenschutz/einlesen/", importing.consent_import, name="privacy-import"),
    path("datenschutz/angaben/", views.guarded_answers, name="privacy-answers"),
    path("datenschutz/angaben/zuruecknehmen/", views.take_back, name="privacy-take-back"),
    path("datenschutz/dossier/", handing_out.dossier, name="privacy-dossier"),
    path("datenschutz/bericht/", handing_out.report, name="privacy-report"),
    path("datenschutz/quittung/<uuid:public_id>/", handing_out.receipt, name="privacy-receipt"),
    path("datenschutz/nachweis/<str:sha256>/", handing_out.evidence, name="privacy-evidence"),
]
