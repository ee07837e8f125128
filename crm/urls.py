"""All addresses: the screens at the root, the API under ``/api/v1/``."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("crm.api.urls")),
    path("", include("crm.ui.urls")),
]
