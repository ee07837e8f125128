"""Addresses of categories."""

from django.urls import path

from crm.ui.screens.categories import views

urlpatterns = [
    path("verwaltung/kategorien/", views.category_list, name="category-list"),
    path("verwaltung/kategorien/neu/", views.category_new, name="category-new"),
    path("verwaltung/kategorien/<int:pk>/", views.category_edit, name="category-edit"),
]
