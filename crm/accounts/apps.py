from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "crm.accounts"
    label = "accounts"
    verbose_name = _("Konten")

    def ready(self) -> None:
        from crm.accounts import (
            personal_data,  # noqa: F401 - registers the declarations
            seeing,
        )
        from crm.accounts.models import User
        from crm.kernel import prepared

        prepared.register(User, seeing.KIND)

        post_migrate.connect(ensure_roles, sender=self)


def ensure_roles(*, using: str, **_kwargs: Any) -> None:
    """Signal receiver: see :func:`crm.accounts.roles.ensure`."""
    from crm.accounts import roles

    roles.ensure(using=using)
