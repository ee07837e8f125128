from django.urls import path

from crm.ui.screens.health import views

urlpatterns = [
    path("gesund/", views.alive, name="health-alive"),
    path("bereit/", views.ready, name="health-ready"),
]
