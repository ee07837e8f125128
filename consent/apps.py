from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    name = "consent"
    verbose_name = _("Einwilligungen")

    def ready(self) -> None:
        from consent import (
            criteria,
            merging,
            personal_data,  # noqa: F401 - registers the declarations
            restricting,
        )
        from crm.kernel import restrictions

        criteria.listen()
        merging.listen()
        restrictions.register("contacts.person", restricting.condition)

        post_migrate.connect(ensure_controller, sender=self)


def ensure_controller(*, using: str, **_kwargs: Any) -> None:
    from consent import controllers

    controllers.ensure(using=using)
