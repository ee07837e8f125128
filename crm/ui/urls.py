"""The addresses of all screens."""

from django.urls import include, path

from crm.ui import screens

urlpatterns = [path("", include(name)) for name in screens.modules("urls")]
