"""Addresses of the requests."""

from django.urls import path

from crm.ui.screens.subject_requests import acting, handing_out, views

_CASE = "datenschutz/antraege/<uuid:public_id>/"
urlpatterns = [
    path("datenschutz/antraege/", views.request_list, name="request-list"),
    path("datenschutz/antraege/neu/", views.request_new, name="request-new"),
    path(_CASE, views.request_page, name="request"),
    path(f"{_CASE}nachfragen/", acting.ask, name="request-ask"),
    path(f"{_CASE}identitaet/", acting.identify, name="request-identify"),
    path(f"{_CASE}verlaengern/", acting.extend, name="request-extend"),
    path(f"{_CASE}ablehnen/", acting.refuse, name="request-refuse"),
    path(f"{_CASE}beantwortet/", acting.answer, name="request-answer"),
    path(f"{_CASE}aufheben/", acting.lift, name="request-lift"),
    path(f"{_CASE}loeschen/", acting.erase, name="request-erase"),
    path(f"{_CASE}auskunft/", handing_out.package, name="request-package"),
    path(f"{_CASE}schreiben/<slug:kind>/", handing_out.letter, name="request-letter"),
]
