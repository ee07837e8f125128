from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "crm.ui"
    label = "ui"
    verbose_name = _("Oberfläche")

    def ready(self) -> None:
        from crm.ui import screens

        screens.register_all()
