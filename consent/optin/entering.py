"""Somebody enters themselves in a public form: what is wrong is said, the rest is done later.

Screen and API call :func:`enter`; what it answers depends on what was entered alone.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from consent import tasks
from consent.models import ConsentText
from consent.optin import MOST_AGENT, Press, sign_up_forms
from consent.optin.sign_ups import FORM, Wanted
from contacts import contact_points, persons
from contacts.models import ContactPointKind
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.ids import uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the form said: ``text`` is the id of the version that was read, ``agrees`` whether its
    box was ticked; ``language`` (``de``, ``en``, ``plain``) is that of the notice."""

    text: object
    email: str
    agrees: bool
    name: str = ""
    language: str = "de"
    shown: str = ""


def enter(
    *, code: str, entry: Entry, press: Press, actor: User | None = None, at: datetime
) -> UUID:
    """Take an entry; gives what the request will be called.

    ``actor`` is whose key a website used; its role must record consents.

    :raises errors.NotPermitted: it does not
    :raises sign_up_forms.Closed: there is no such form, or it takes no entries
    :raises errors.Invalid: by field: no box ticked (``agrees``), a text that is not on offer any
        more (``text``), an address that cannot be read (``email``), a name that is none (``name``)
    """
    if actor is not None:
        policy.require(actor, policy.Permission.CONSENT_RECORD)
    text = _checked(code, entry)
    wanted = Wanted(
        public_id=str(uuid7()),
        code=code,
        text=str(text.public_id),
        email=entry.email.strip(),
        name=entry.name.strip(),
        language=entry.language,
        shown=entry.shown,
        address=press.address,
        agent=press.agent[:MOST_AGENT],
        form=press.form or f"{FORM}{code}",
        pressed_at=at.isoformat(),
        actor=actor.pk if actor else None,
    )
    tasks.send_sign_up.delay(wanted.told())
    return UUID(wanted.public_id)


def _checked(code: str, entry: Entry) -> ConsentText:
    wrong: dict[str, list[str]] = {}
    text = sign_up_forms.version(code, entry.text)
    if text is None:
        wrong["text"] = [_("Der Text hat sich geändert. Bitte lesen Sie ihn noch einmal.")]
    elif not entry.agrees:
        wrong["agrees"] = [_("Bitte kreuzen Sie an, dass Sie einverstanden sind.")]
    try:
        contact_points.read(kind=ContactPointKind.EMAIL, value=entry.email)
    except errors.Invalid as refusal:
        wrong["email"] = [refusal.message]
    if entry.name.strip():
        try:
            persons.parts_of_name(entry.name)
        except errors.Invalid as refusal:
            wrong["name"] = [refusal.message]
    if wrong or text is None:
        raise errors.Invalid(wrong)
    return text
