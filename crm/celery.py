"""The Celery application. Queues: ``interactive``, ``batch``, ``outbound``."""

import os

from celery import Celery

from crm.platform import environment

environment.prepare()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")

app = Celery("einklang")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
