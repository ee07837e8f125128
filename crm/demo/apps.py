from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "crm.demo"
    label = "demo"
    verbose_name = _("Musterfirma")

    def ready(self) -> None:
        if settings.DEMO_OUTBOX:
            from crm.demo import shell

            shell.register()
