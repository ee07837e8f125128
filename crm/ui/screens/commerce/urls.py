"""Addresses of orders and of taking them over."""

from django.urls import path

from crm.ui.screens.commerce import orders, views

urlpatterns = [
    path("auftraege/", views.takeover_list, name="takeover-list"),
    path("auftraege/uebernehmen/", views.takeover_new, name="takeover-new"),
    path("auftraege/uebernahme/<uuid:public_id>/", views.takeover, name="takeover"),
    path(
        "auftraege/uebernahme/<uuid:public_id>/zuordnen/",
        views.takeover_columns,
        name="takeover-columns",
    ),
    path(
        "auftraege/uebernahme/<uuid:public_id>/zurueckgewiesen.csv",
        views.takeover_refused,
        name="takeover-refused",
    ),
    path("auftraege/wartend/", views.takeover_retry, name="takeover-retry"),
    path("auftraege/<records:kind>/<uuid:public_id>/", orders.order_history, name="order-history"),
]
