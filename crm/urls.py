"""All addresses: the screens at the root, the API under ``/api/v1/``; in the running demo also
what it sends."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("crm.api.urls")),
    path("", include("crm.ui.urls")),
]
if settings.DEMO_OUTBOX:
    urlpatterns.append(path("", include("crm.demo.urls")))
