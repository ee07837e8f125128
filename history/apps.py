from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "history"
    verbose_name = _("Verlauf")

    def ready(self) -> None:
        from history import personal_data  # noqa: F401 - registers the declarations
