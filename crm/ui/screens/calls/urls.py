"""Addresses of calls and of the administration of telephone systems."""

from django.urls import path

from crm.ui.screens.calls import stream, systems, views

_ALL = "verwaltung/telefon/"
_ONE = f"{_ALL}<uuid:public_id>/"

urlpatterns = [
    path("anrufe/", views.look_up, name="call-look-up"),
    path("anrufe/strom/", stream.stream, name="call-stream"),
    path("anrufe/waehlen/", views.dial, name="call-dial"),
    path("anrufe/oeffnen/", systems.opening, name="call-opening"),
    path("anrufe/<uuid:public_id>/", views.card, name="call-card"),
    path(_ALL, systems.system_list, name="telephone-system-list"),
    path(_ONE, systems.system_detail, name="telephone-system"),
    path(f"{_ONE}geheimnis/", systems.renew, name="telephone-system-renew"),
    path(f"{_ONE}gebrauch/", systems.activity, name="telephone-system-activity"),
    path(f"{_ONE}nebenstellen/", systems.extension_new, name="extension-new"),
    path(
        f"{_ONE}nebenstellen/<uuid:extension_id>/entfernen/",
        systems.extension_away,
        name="extension-away",
    ),
]
