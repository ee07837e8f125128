"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from crm.platform import environment

environment.prepare()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
application = get_wsgi_application()

gc.collect()
gc.freeze()  # what is loaded by now stays; no collection needs to walk it
gc.set_threshold(10_000, 20, 50)  # a page makes more objects than 700, and drops them by itself
