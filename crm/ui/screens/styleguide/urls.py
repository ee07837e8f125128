from django.urls import path

from crm.ui.screens.styleguide import views

urlpatterns = [path("styleguide/", views.styleguide, name="styleguide")]
