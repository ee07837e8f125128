"""The way back to one's own settings, for whoever lost the mail with the link."""

from datetime import datetime

from django.utils.translation import gettext as _

from consent import controllers, gate, links
from consent.sending import mail
from contacts import contact_points
from contacts.models import ContactPoint, ContactPointHolder
from crm.kernel import errors

PURPOSE = "legal_notice"
MOST = 3


def send_links(*, value: str, at: datetime) -> int:
    """Send the link to the settings to a mailbox, one for each person who has it; gives how many.

    Nobody is told whether there were any.
    """
    try:
        reading = contact_points.read(kind="EMAIL", value=value)
    except errors.Invalid:
        return 0
    point = ContactPoint.objects.filter(kind="EMAIL", normalised=reading.normalised).first()
    if point is None:
        return 0
    holders = ContactPointHolder.objects.filter(contact_point=point, person__isnull=False)
    return sum(_send(holder, at=at) for holder in holders.select_related("person")[:MOST])


def _send(holder: ContactPointHolder, *, at: datetime) -> bool:
    person, point, controller = holder.person, holder.contact_point, controllers.default()
    if person is None:
        return False
    link = links.preferences(person=person, point=point, controller=controller)
    body = "\n\n".join(
        (
            _("Guten Tag,"),
            _("hier können Sie ansehen und ändern, was Sie %(firm)s erlaubt haben:")
            % {"firm": controller.name}
            + f"\n{link}",
            _("Wenn Sie das nicht angefordert haben, brauchen Sie nichts zu tun."),
        )
    )
    try:
        permit = gate.permit(
            actor=None, person=person, point=point, channel="email", purpose=PURPOSE,
            controller=controller, at=at,
        )  # fmt: skip
        mail.send(
            actor=None, decision=permit, person=person, point=point, purpose=PURPOSE,
            controller=controller, subject=_("Ihre Einstellungen zu Werbung"), body=body + "\n",
            at=at,
        )  # fmt: skip
    except (gate.NotAllowed, mail.NotSent):
        return False
    return True
