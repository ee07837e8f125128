"""The WSGI application that granian serves."""

import gc
import os
import threading

from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from django.utils.translation import trans_real

from crm.platform import environment

environment.prepare()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
application = get_wsgi_application()

# Language and zone of a request are asked for with every word and time of a page. A request has a
# thread of its own here (ADR 0008), so the interpreter's own storage will do: Django's, which also
# serves coroutines, takes a twentieth of the page.
for each in (trans_real, timezone):
    vars(each)["_active"] = threading.local()

gc.collect()
gc.freeze()  # what is loaded by now stays; no collection needs to walk it
gc.set_threshold(10_000, 20, 50)  # a page makes more objects than 700, and drops them by itself
