from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "history"
    verbose_name = _("Verlauf")

    def ready(self) -> None:
        from history import personal_data  # noqa: F401 - registers the declarations

        post_migrate.connect(ensure_pipeline, sender=self)
        post_migrate.connect(ensure_appointment_kinds, sender=self)


def ensure_pipeline(*, using: str, **_kwargs: Any) -> None:
    from history.opportunities import starters

    starters.ensure(using=using)


def ensure_appointment_kinds(*, using: str, **_kwargs: Any) -> None:
    from history.appointments import kinds

    kinds.ensure(using=using)
