"""The key of a line."""

from django.utils.translation import gettext_lazy as _

from crm.ui import keys
from crm.ui.keys import Key, Where

keys.register(Key("line-write", ("T",), _("Kontakt festhalten"), Where.RECORD))
