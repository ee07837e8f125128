"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from crm.platform import environment

environment.prepare()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
application = get_wsgi_application()
