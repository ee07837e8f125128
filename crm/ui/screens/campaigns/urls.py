"""Addresses of the campaigns."""

from django.urls import path

from crm.ui.screens.campaigns import views

urlpatterns = [
    path("kampagnen/", views.campaign_list, name="campaign-list"),
    path("kampagnen/neu/", views.campaign_new, name="campaign-new"),
    path("kampagnen/<uuid:public_id>/", views.campaign_page, name="campaign"),
    path("kampagnen/<uuid:public_id>/pruefen/", views.campaign_check, name="campaign-check"),
    path("kampagnen/<uuid:public_id>/ausleiten/", views.campaign_export, name="campaign-export"),
    path("kampagnen/<uuid:public_id>/loeschen/", views.campaign_remove, name="campaign-remove"),
]
