"""Addresses that only the running demo has."""

from django.urls import path

from crm.demo import views
from crm.platform.demo import OUTBOX_PAGE

urlpatterns = [path(OUTBOX_PAGE, views.outbox, name="demo-outbox")]
