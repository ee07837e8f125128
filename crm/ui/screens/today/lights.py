"""May I call? One answer for each person of the day, asked about all of them at once."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from consent import many
from consent.decision import Decision
from consent.decision.codes import Channel, Code, Ground, Outcome
from consent.decision.words import words_of
from consent.lights import advertising_purpose
from contacts.models import Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.ui.screens.activities.lines import Light

STATES = {Outcome.ALLOW: "yes", Outcome.ALLOW_IF: "if", Outcome.REVIEW: "check", Outcome.DENY: "no"}


def of(*, user: User, persons: Iterable[Person], at: datetime) -> dict[int, Light]:
    """The light for a call that advertises, by the number of the person; none for who has no
    number. The queries do not grow with the persons. Empty for who may not see consents."""
    numbers = {person.pk for person in persons}
    if not numbers or not policy.may(user, Permission.CONSENT_VIEW):
        return {}
    answers = many.may_contact_many(
        Person.objects.filter(pk__in=numbers),
        channel=Channel.PHONE,
        purpose=advertising_purpose(Channel.PHONE),
        at=at,
    )
    return {each.person: _light(each.decision) for each in answers if each.point is not None}


def _light(decision: Decision) -> Light:
    words = words_of(translation.get_language() or "de")
    is_allowed = decision.outcome in (Outcome.ALLOW, Outcome.ALLOW_IF)
    told = (
        words.grounds[Ground(decision.ground)]
        if is_allowed
        else words.codes[Code(decision.codes[0])]
    )
    was_never_said = not is_allowed and decision.codes[0] == Code.CONSENT_MISSING
    state = "ask" if was_never_said else STATES[decision.outcome]
    return Light(state, _word(decision.outcome), told.brief)


def _word(outcome: Outcome) -> str:
    return {
        Outcome.ALLOW: _("Anruf erlaubt"),
        Outcome.ALLOW_IF: _("Anruf mit Auflage"),
        Outcome.REVIEW: _("Prüfen"),
        Outcome.DENY: _("Kein Werbeanruf"),
    }[outcome]
