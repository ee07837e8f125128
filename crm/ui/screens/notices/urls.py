"""Addresses of the notices."""

from django.urls import path

from crm.ui.screens.notices import public

urlpatterns = [
    path("hinweise/fassung/<uuid:public_id>/", public.version, name="notice-version"),
    path("hinweise/fassung/<uuid:public_id>/pdf/", public.pdf, name="notice-pdf"),
    path("hinweise/<slug:purpose>/", public.notice, name="notice"),
    path("hinweise/<slug:purpose>/<uuid:controller>/", public.notice, name="notice-of"),
]
