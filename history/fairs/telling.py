"""The contact at the fair as it stands in the person's line: need, answers, note, next step."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import channels
from crm.accounts.models import User
from crm.kernel import errors
from history import corrections, touchpoints
from history.channels import Channel, Direction
from history.fairs.forms import Form
from history.models import (
    LeadCapture,
    OptInAnswer,
    Outcome,
    ParticipantRole,
    Touchpoint,
)

SYSTEM: Final = "fair"
MOST_TEXT: Final = 100_000
"""Characters of a slip that stand in the line; all of them stand on the slip."""
_SAID: Final = {
    OptInAnswer.YES: gettext_lazy("Ja"),
    OptInAnswer.NO: gettext_lazy("Nein"),
}


def contact(*, actor: User, lead: LeadCapture, at: datetime) -> None:
    """Write the contact down, or correct it if the slip says something else by now.

    :raises errors.Conflict: somebody corrected it by hand; it stays as it is
    """
    assert lead.person is not None
    subject, body = composed(lead)
    if lead.touchpoint is None:
        lead.touchpoint = touchpoints.record(
            actor=actor,
            agent=lead.captured_by,
            channel=Channel.FAIR,
            direction=Direction.INBOUND,
            outcome=Outcome.REACHED,
            happened_at=lead.captured_at,
            persons=[(lead.person, ParticipantRole.PARTNER)],
            subject=subject,
            body=body,
            system=SYSTEM,
            external_id=str(lead.client_id),
            at=at,
        )
    elif (lead.touchpoint.subject, lead.touchpoint.body) != (subject, body):
        if latest(lead.touchpoint).pk != lead.touchpoint_id:
            raise errors.Conflict(
                _("Der Eintrag im Verlauf wurde von Hand berichtigt und bleibt, wie er ist.")
            )
        lead.touchpoint = corrections.correct(
            actor=actor, touchpoint=lead.touchpoint, values={"subject": subject, "body": body},
            at=at,
        )  # fmt: skip


def latest(touchpoint: Touchpoint) -> Touchpoint:
    """The correction that took its place, if there is one."""
    while later := Touchpoint.objects.filter(corrects=touchpoint).first():
        touchpoint = later
    return touchpoint


def composed(lead: LeadCapture) -> tuple[str, str]:
    """Subject and text, always in the language of the house: they must not change with whoever
    looks."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = " · ".join(part for part in (lead.event.name, _first_line(lead.need)) if part)
        body = "\n".join(_lines(lead)).strip()
        if len(body) > MOST_TEXT:
            rest = _("… der Rest steht auf dem Leadzettel.")
            body = f"{body[:MOST_TEXT].rstrip()}\n{rest}"
    return subject[:300], body


def _first_line(text: str) -> str:
    line = text.partition("\n")[0].strip()
    return line if len(line) <= 80 else f"{line[:79]}…"


def _lines(lead: LeadCapture) -> Iterator[str]:
    where = ", ".join(part for part in (lead.function, lead.company_name) if part)
    if where:
        yield where
    if lead.need:
        yield _("Bedarf: %(text)s") % {"text": lead.need}
    for label, chips in Form.read(lead.event.form).in_words(lead.answers):
        yield f"{label}: {', '.join(chips)}"
    if lead.grade:
        yield _("Priorität: %(grade)s") % {"grade": lead.grade}
    if lead.next_step or lead.next_step_on:
        day = f"{lead.next_step_on:%d.%m.%Y}" if lead.next_step_on else ""
        yield _("Nächster Schritt: %(what)s") % {
            "what": " · ".join(part for part in (lead.next_step, day) if part)
        }
    for row in lead.opt_ins.exclude(answer=OptInAnswer.NOT_ASKED):
        yield _("Darf sich melden, %(channel)s: %(answer)s") % {
            "channel": channels.label(row.channel),
            "answer": _SAID[OptInAnswer(row.answer)],
        }
    if lead.note:
        yield ""
        yield lead.note
