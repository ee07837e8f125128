"""Where appointments are fetched, access is granted: screens and API come here."""

from uuid import UUID

from contacts.access import parsed
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import errors
from history.models import Activity, Appointment, AppointmentState


def appointment_for(*, user: User, public_id: UUID | str) -> Appointment:
    """The appointment, if the user may see it.

    :raises errors.NotFound: there is none, or the user may not see it
    """
    rows = Appointment.objects.visible_to(user).with_all()
    found = rows.filter(public_id=parsed(public_id)).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found


def behind(*, user: User, activity: Activity) -> Appointment | None:
    """What was agreed, if an entry of a calendar stands for it and the user may see it."""
    rows = Appointment.objects.visible_to(user)
    return rows.filter(activity=activity, state=AppointmentState.BOOKED).first()


def locked(*, actor: User | None, appointment: Appointment) -> Appointment:
    """The appointment, locked for this transaction. Without an actor it is the person's own act,
    who holds the signed link.

    :raises errors.NotPermitted: the role records no history
    :raises errors.NotFound: it is gone, or the actor may not see it
    """
    rows = Appointment.objects.all()
    if actor is not None:
        rows = rows.visible_to(actor)
    if not rows.filter(pk=appointment.pk).exists():
        raise errors.NotFound(public_id=str(appointment.public_id))
    if actor is not None:
        policy.require(actor, policy.Permission.HISTORY_RECORD)
    fresh = Appointment.objects.with_all().select_for_update(of=("self",))
    return fresh.get(pk=appointment.pk)
