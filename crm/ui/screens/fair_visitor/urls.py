"""Addresses for visitors of a fair, and of what hangs on the wall for them."""

from django.urls import path

from crm.ui.screens.fair_visitor import posters, views

urlpatterns = [
    path("messe/ja/<str:token>/", views.visitor, name="fair-visitor"),
    path("messen/<uuid:public_id>/aushang/", posters.poster, name="fair-poster"),
]
