from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = _("Kontakte")

    def ready(self) -> None:
        from contacts import personal_data  # noqa: F401 - registers the declarations
