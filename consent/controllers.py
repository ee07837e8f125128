"""Controllers: in whose name the installation contacts people."""

from django.db.models import QuerySet

from consent.models import Controller
from crm.kernel import errors

FIRST_NAME = "Unser Unternehmen"


def ensure(*, using: str = "default") -> None:
    """Give a new installation its one controller; runs after every migration."""
    controllers = Controller.objects.using(using)
    if not controllers.filter(is_default=True).exists():
        controllers.create(name=FIRST_NAME, is_default=True)


def default() -> Controller:
    """The controller where nobody names one."""
    return Controller.objects.get(is_default=True)


def active() -> QuerySet[Controller]:
    """Those in whose name somebody may be contacted."""
    return Controller.objects.filter(is_active=True)


def controller_for(public_id: object) -> Controller:
    """The active controller.

    :raises errors.NotFound: there is none with this id
    """
    found = active().filter(public_id=str(public_id)).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found
